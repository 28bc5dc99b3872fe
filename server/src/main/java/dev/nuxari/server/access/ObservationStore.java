package dev.nuxari.server.access;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.access.Observation.Completed;
import dev.nuxari.server.access.Observation.Counts;
import dev.nuxari.server.access.Observation.Failed;
import dev.nuxari.server.access.Observation.Running;
import dev.nuxari.server.redaction.RedactedText;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import dev.nuxari.server.workflow.FailureClass;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Repository;

@Repository
class ObservationStore {
    private final OrganizationJdbc jdbc;

    ObservationStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** Starts one, unless one is running: then that one is the answer, and empty is returned. */
    Optional<Running> add(ConnectorId connector, Instant at) {
        return jdbc.sql("""
                INSERT INTO observation (organization_id, connector_id, started_at)
                VALUES (:organizationId, :connector, :at)
                ON CONFLICT (organization_id, connector_id) WHERE state = 'running' DO NOTHING
                RETURNING observation_id
                """)
                .param("connector", connector.value())
                .param("at", at)
                .optional((row, _) -> new Running(id(row), connector, at));
    }

    Optional<Observation> running(ConnectorId connector) {
        return jdbc.sql("""
                SELECT observation_id, connector_id, state, started_at, ended_at, accounts, entitlements, assignments,
                    summary_hash, failure_class, failure_reason
                FROM observation
                WHERE organization_id = :organizationId AND connector_id = :connector AND state = 'running'
                """).param("connector", connector.value()).optional((row, _) -> observation(row));
    }

    Optional<Observation> find(ObservationId id) {
        return jdbc.sql("""
                SELECT observation_id, connector_id, state, started_at, ended_at, accounts, entitlements, assignments,
                    summary_hash, failure_class, failure_reason
                FROM observation
                WHERE organization_id = :organizationId AND observation_id = :id
                """).param("id", id.value()).optional((row, _) -> observation(row));
    }

    /** Locks it until the scope closes, so that it ends once. */
    Optional<Observation> lock(ObservationId id) {
        return jdbc.sql("""
                SELECT observation_id, connector_id, state, started_at, ended_at, accounts, entitlements, assignments,
                    summary_hash, failure_class, failure_reason
                FROM observation
                WHERE organization_id = :organizationId AND observation_id = :id
                FOR UPDATE
                """).param("id", id.value()).optional((row, _) -> observation(row));
    }

    /** The newest first: ids grow with time. */
    List<Observation> list(ConnectorId connector, UUID before, int limit) {
        return jdbc.sql("""
                SELECT observation_id, connector_id, state, started_at, ended_at, accounts, entitlements, assignments,
                    summary_hash, failure_class, failure_reason
                FROM observation
                WHERE organization_id = :organizationId AND connector_id = :connector AND observation_id < :before
                ORDER BY observation_id DESC
                LIMIT :limit
                """)
                .param("connector", connector.value())
                .param("before", before)
                .param("limit", limit)
                .list((row, _) -> observation(row));
    }

    boolean isLatestCompleted(Completed observation) {
        return jdbc.sql("""
                SELECT NOT EXISTS (SELECT FROM observation
                                   WHERE organization_id = :organizationId AND connector_id = :connector
                                       AND state = 'completed' AND observation_id > :id)
                """)
                .param("connector", observation.connector().value())
                .param("id", observation.id().value())
                .single((row, _) -> row.getBoolean(1));
    }

    void complete(ObservationId id, Instant at, Counts counts, String summaryHash) {
        jdbc.sql("""
                UPDATE observation
                SET state = 'completed', ended_at = :at, accounts = :accounts, entitlements = :entitlements,
                    assignments = :assignments, summary_hash = :summaryHash
                WHERE organization_id = :organizationId AND observation_id = :id
                """)
                .param("at", at)
                .param("accounts", counts.accounts())
                .param("entitlements", counts.entitlements())
                .param("assignments", counts.assignments())
                .param("summaryHash", summaryHash)
                .param("id", id.value())
                .update();
    }

    void fail(ObservationId id, Instant at, FailureClass failureClass, RedactedText reason) {
        jdbc.sql("""
                UPDATE observation
                SET state = 'failed', ended_at = :at, failure_class = :failureClass, failure_reason = :reason
                WHERE organization_id = :organizationId AND observation_id = :id
                """)
                .param("at", at)
                .param("failureClass", failureClass)
                .param("reason", reason.text())
                .param("id", id.value())
                .update();
    }

    private static Observation observation(ResultSet row) throws SQLException {
        var connector = new ConnectorId(row.getObject("connector_id", UUID.class));
        Instant startedAt = instant(row, "started_at");
        String state = row.getString("state");
        return switch (state) {
            case "running" -> new Running(id(row), connector, startedAt);
            case "completed" ->
                new Completed(
                        id(row),
                        connector,
                        startedAt,
                        instant(row, "ended_at"),
                        counts(row),
                        row.getString("summary_hash"));
            case "failed" ->
                new Failed(
                        id(row),
                        connector,
                        startedAt,
                        instant(row, "ended_at"),
                        Spelling.parse(FailureClass.class, row.getString("failure_class")),
                        row.getString("failure_reason"));
            default -> throw new IllegalStateException("an observation cannot be " + state);
        };
    }

    private static Counts counts(ResultSet row) throws SQLException {
        return new Counts(row.getInt("accounts"), row.getInt("entitlements"), row.getInt("assignments"));
    }

    private static ObservationId id(ResultSet row) throws SQLException {
        return new ObservationId(row.getObject("observation_id", UUID.class));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
