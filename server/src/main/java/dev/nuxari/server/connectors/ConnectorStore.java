package dev.nuxari.server.connectors;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.connectors.RegisteredConnector.Health;
import dev.nuxari.server.connectors.RegisteredConnector.Seen;
import dev.nuxari.server.redaction.Redacted;
import dev.nuxari.server.redaction.RedactedText;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Repository;

@Repository
class ConnectorStore {
    private final OrganizationJdbc jdbc;

    ConnectorStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** Answers nothing if the name is taken. */
    Optional<ConnectorId> add(ConnectorKind kind, RedactedText name, Redacted settings, Instant at) {
        return jdbc.sql("""
                INSERT INTO connector (organization_id, kind, name, settings, created_at)
                VALUES (:organizationId, :kind, :name, :settings, :at)
                ON CONFLICT (organization_id, name) DO NOTHING
                RETURNING connector_id
                """)
                .param("kind", kind)
                .param("name", name.text())
                .param("settings", settings.json().canonical())
                .param("at", at)
                .optional((row, _) -> new ConnectorId(row.getObject("connector_id", UUID.class)));
    }

    Optional<RegisteredConnector> find(ConnectorId id) {
        return jdbc.sql("""
                SELECT connector_id, kind, name, settings, health, health_reason, accounts, entitlements,
                       last_observed_at, version
                FROM connector
                WHERE organization_id = :organizationId AND connector_id = :id AND state = 'active'
                """).param("id", id.value()).optional((row, _) -> connector(row));
    }

    List<RegisteredConnector> page(PageRequest page) {
        return jdbc.sql("""
                SELECT connector_id, kind, name, settings, health, health_reason, accounts, entitlements,
                       last_observed_at, version
                FROM connector
                WHERE organization_id = :organizationId AND state = 'active'
                  AND (CAST(:after AS uuid) IS NULL OR connector_id > CAST(:after AS uuid))
                ORDER BY connector_id
                LIMIT :rows
                """)
                .param("after", page.afterId())
                .param("rows", page.rows())
                .list((row, _) -> connector(row));
    }

    Map<ConnectorId, String> names() {
        return jdbc
                .sql("SELECT connector_id, name FROM connector WHERE organization_id = :organizationId LIMIT 1000")
                .list((row, _) ->
                        Map.entry(new ConnectorId(row.getObject("connector_id", UUID.class)), row.getString("name")))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    void answered(ConnectorId id) {
        jdbc.sql("""
                UPDATE connector SET health = 'healthy', health_reason = NULL
                WHERE organization_id = :organizationId AND connector_id = :id AND health <> 'healthy'
                """).param("id", id.value()).update();
    }

    void failed(ConnectorId id, RedactedText reason) {
        jdbc.sql("""
                UPDATE connector SET health = 'unreachable', health_reason = :reason
                WHERE organization_id = :organizationId AND connector_id = :id
                """).param("id", id.value()).param("reason", reason.text()).update();
    }

    void observed(ConnectorId id, Seen seen) {
        jdbc.sql("""
                UPDATE connector
                SET health = 'healthy', health_reason = NULL, accounts = :accounts, entitlements = :entitlements,
                    last_observed_at = :at
                WHERE organization_id = :organizationId AND connector_id = :id
                """)
                .param("id", id.value())
                .param("accounts", seen.accounts())
                .param("entitlements", seen.entitlements())
                .param("at", seen.at())
                .update();
    }

    private static RegisteredConnector connector(ResultSet row) throws SQLException {
        OffsetDateTime observedAt = row.getObject("last_observed_at", OffsetDateTime.class);
        Optional<Seen> seen = observedAt == null
                ? Optional.empty()
                : Optional.of(new Seen(observedAt.toInstant(), row.getInt("accounts"), row.getInt("entitlements")));
        return new RegisteredConnector(
                new ConnectorId(row.getObject("connector_id", UUID.class)),
                Spelling.parse(ConnectorKind.class, row.getString("kind")),
                row.getString("name"),
                new Settings(Json.parseObject(row.getString("settings"))),
                Spelling.parse(Health.class, row.getString("health")),
                Optional.ofNullable(row.getString("health_reason")),
                seen,
                row.getInt("version"));
    }
}
