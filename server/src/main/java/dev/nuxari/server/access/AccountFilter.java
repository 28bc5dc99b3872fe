package dev.nuxari.server.access;

import dev.nuxari.kernel.ConnectorId;
import org.jspecify.annotations.Nullable;

/**
 * Which accounts are listed. What is absent does not restrict.
 *
 * @param query looked for in names, addresses and native ids, without regard to case
 * @param mine only those that belong to the caller
 */
public record AccountFilter(
        @Nullable String query, @Nullable ConnectorId connector, boolean mine) {}
