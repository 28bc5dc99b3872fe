package dev.nuxari.server.access;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Risk;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the catalogue is listed. What is absent does not restrict.
 *
 * @param query looked for in names, descriptions and native ids, without regard to case
 */
public record EntitlementFilter(
        @Nullable String query,
        @Nullable ConnectorId connector,
        @Nullable Risk risk) {}
