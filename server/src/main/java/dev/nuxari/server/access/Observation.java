package dev.nuxari.server.access;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.server.workflow.FailureClass;
import java.time.Instant;

/** One look at a whole governed system. */
public sealed interface Observation {
    ObservationId id();

    ConnectorId connector();

    Instant startedAt();

    /** Waits for its turn, or is being made. */
    record Running(ObservationId id, ConnectorId connector, Instant startedAt) implements Observation {}

    /**
     * The observed book says what it saw.
     *
     * @param summaryHash SHA-256 of the canonical JSON of all that was seen
     */
    record Completed(
            ObservationId id,
            ConnectorId connector,
            Instant startedAt,
            Instant endedAt,
            Counts counts,
            String summaryHash)
            implements Observation {}

    /** The observed book is as it was before. */
    record Failed(
            ObservationId id,
            ConnectorId connector,
            Instant startedAt,
            Instant endedAt,
            FailureClass failureClass,
            String reason)
            implements Observation {}

    /** How much was seen. */
    record Counts(int accounts, int entitlements, int assignments) {}
}
