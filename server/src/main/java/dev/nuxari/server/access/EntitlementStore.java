package dev.nuxari.server.access;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Risk;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.redaction.RedactedText;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class EntitlementStore {
    private final OrganizationJdbc jdbc;

    EntitlementStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** An entitlement, how many hold it, and whether the viewer does. */
    record Held(Entitlement entitlement, int holders, boolean byViewer) {}

    /**
     * The rows after a key, in order of names; holders are counted for these rows only.
     *
     * @param viewer the address whose accounts decide what is {@code held}
     */
    List<Held> list(EntitlementFilter filter, String viewer, NameKey after, int limit) {
        return jdbc.sql("""
                SELECT e.entitlement_id, e.connector_id, e.kind, e.native_id, e.name, e.description, e.risk, e.present,
                    e.version,
                    (SELECT count(*)
                     FROM observed_assignment o
                     WHERE o.organization_id = :organizationId AND o.entitlement_id = e.entitlement_id) AS holders,
                    EXISTS (SELECT
                            FROM account a
                            JOIN observed_assignment o
                                ON o.organization_id = :organizationId AND o.account_id = a.account_id
                                    AND o.entitlement_id = e.entitlement_id
                            WHERE a.organization_id = :organizationId AND a.connector_id = e.connector_id
                                AND lower(a.email) = lower(:viewer)) AS held
                FROM (SELECT entitlement_id, connector_id, kind, native_id, name, description, risk, present, version
                      FROM entitlement
                      WHERE organization_id = :organizationId AND present
                          AND (name, entitlement_id) > (:afterName, :afterId)
                          AND (:connector::uuid IS NULL OR connector_id = :connector)
                          AND (:risk::text IS NULL OR risk = :risk)
                          AND (:pattern::text IS NULL OR name ILIKE :pattern OR description ILIKE :pattern
                              OR native_id ILIKE :pattern)
                      ORDER BY name, entitlement_id
                      LIMIT :limit) e
                ORDER BY e.name, e.entitlement_id
                """)
                .param("viewer", viewer)
                .param("afterName", after.name())
                .param("afterId", after.id())
                .param("connector", value(filter.connector()))
                .param("risk", filter.risk())
                .param("pattern", Like.containing(filter.query()))
                .param("limit", limit)
                .list((row, _) -> entry(row));
    }

    Optional<Held> entry(EntitlementId id, String viewer) {
        return jdbc.sql("""
                SELECT e.entitlement_id, e.connector_id, e.kind, e.native_id, e.name, e.description, e.risk, e.present,
                    e.version,
                    (SELECT count(*)
                     FROM observed_assignment o
                     WHERE o.organization_id = :organizationId AND o.entitlement_id = e.entitlement_id) AS holders,
                    EXISTS (SELECT
                            FROM account a
                            JOIN observed_assignment o
                                ON o.organization_id = :organizationId AND o.account_id = a.account_id
                                    AND o.entitlement_id = e.entitlement_id
                            WHERE a.organization_id = :organizationId AND a.connector_id = e.connector_id
                                AND lower(a.email) = lower(:viewer)) AS held
                FROM entitlement e
                WHERE e.organization_id = :organizationId AND e.entitlement_id = :id
                """).param("viewer", viewer).param("id", id.value()).optional((row, _) -> entry(row));
    }

    Optional<Entitlement> find(EntitlementId id) {
        return jdbc.sql("""
                SELECT entitlement_id, connector_id, kind, native_id, name, description, risk, present, version
                FROM entitlement
                WHERE organization_id = :organizationId AND entitlement_id = :id
                """).param("id", id.value()).optional((row, _) -> entitlement(row));
    }

    Map<EntitlementId, Risk> risks(Collection<EntitlementId> ids) {
        return jdbc
                .sql("""
                SELECT entitlement_id, risk
                FROM entitlement
                WHERE organization_id = :organizationId AND entitlement_id = ANY (:ids::uuid[])
                """)
                .param("ids", ids.stream().map(EntitlementId::toString).toArray(String[]::new))
                .list((row, _) -> Map.entry(
                        new EntitlementId(row.getObject("entitlement_id", UUID.class)),
                        Spelling.parse(Risk.class, row.getString("risk"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    Optional<Entitlement> named(ConnectorId connector, String kind, String nativeId) {
        return jdbc.sql("""
                SELECT entitlement_id, connector_id, kind, native_id, name, description, risk, present, version
                FROM entitlement
                WHERE organization_id = :organizationId AND connector_id = :connector AND kind = :kind
                    AND native_id = :nativeId
                """)
                .param("connector", connector.value())
                .param("kind", kind)
                .param("nativeId", nativeId)
                .optional((row, _) -> entitlement(row));
    }

    /** Locks the row until the scope closes, so that what was before and what is after are two versions in a row. */
    Optional<Entitlement> lock(EntitlementId id) {
        return jdbc.sql("""
                SELECT entitlement_id, connector_id, kind, native_id, name, description, risk, present, version
                FROM entitlement
                WHERE organization_id = :organizationId AND entitlement_id = :id
                FOR NO KEY UPDATE
                """).param("id", id.value()).optional((row, _) -> entitlement(row));
    }

    void save(Entitlement changed, RedactedText description, boolean describedByHand) {
        jdbc.sql("""
                UPDATE entitlement
                SET risk = :risk, description = :description, version = :version,
                    described_by_hand = described_by_hand OR :describedByHand
                WHERE organization_id = :organizationId AND entitlement_id = :id
                """)
                .param("risk", changed.risk())
                .param("description", description.text())
                .param("version", changed.version())
                .param("describedByHand", describedByHand)
                .param("id", changed.id().value())
                .update();
    }

    private static Held entry(ResultSet row) throws SQLException {
        return new Held(entitlement(row), row.getInt("holders"), row.getBoolean("held"));
    }

    private static Entitlement entitlement(ResultSet row) throws SQLException {
        return new Entitlement(
                new EntitlementId(row.getObject("entitlement_id", UUID.class)),
                new ConnectorId(row.getObject("connector_id", UUID.class)),
                row.getString("kind"),
                row.getString("native_id"),
                row.getString("name"),
                row.getString("description"),
                Spelling.parse(Risk.class, row.getString("risk")),
                row.getBoolean("present"),
                row.getInt("version"));
    }

    private static @Nullable UUID value(@Nullable ConnectorId connector) {
        return connector == null ? null : connector.value();
    }
}
