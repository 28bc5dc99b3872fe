package dev.nuxari.server.connectors;

import dev.nuxari.kernel.ConnectorId;
import java.time.Instant;
import java.util.Optional;

/**
 * A governed system that is connected.
 *
 * @param seen what the last observation counted; empty before the first
 */
public record RegisteredConnector(
        ConnectorId id,
        ConnectorKind kind,
        String name,
        Settings settings,
        Health health,
        Optional<String> healthReason,
        Optional<Seen> seen,
        int version) {
    /** Whether the system answered when it was last asked. */
    public enum Health {
        UNKNOWN,
        HEALTHY,
        UNREACHABLE
    }

    /** The counts of an observation, and when it was. */
    public record Seen(Instant at, int accounts, int entitlements) {}
}
