package dev.nuxari.server.access;

import dev.nuxari.kernel.ConnectorId;

/** How much is known of one governed system. */
public record ConnectorSummary(
        ConnectorId connector, int accounts, int entitlements, int approved, int observed, int drift) {}
