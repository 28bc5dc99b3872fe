package dev.nuxari.server.access;

import com.google.errorprone.annotations.CompileTimeConstant;
import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.server.approvals.ApprovalId;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** The two books. Whoever changes one holds its lock. */
@Repository
class BookStore {
    private final OrganizationJdbc jdbc;

    BookStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** Makes the books of a system, once. */
    void open(ConnectorId connector) {
        jdbc.sql("""
                INSERT INTO book (organization_id, connector_id) VALUES (:organizationId, :connector)
                ON CONFLICT DO NOTHING
                """).param("connector", connector.value()).update();
    }

    /** Locks a system's books for rewriting, until the scope closes. */
    void lock(ConnectorId connector) {
        jdbc.sql("""
                SELECT connector_id
                FROM book
                WHERE organization_id = :organizationId AND connector_id = :connector
                FOR UPDATE
                """).param("connector", connector.value()).single((_, _) -> connector);
    }

    /** Keeps the books from being rewritten until the scope closes. Many may, for single entries of their own. */
    void share(ConnectorId connector) {
        jdbc.sql("""
                SELECT connector_id
                FROM book
                WHERE organization_id = :organizationId AND connector_id = :connector
                FOR SHARE
                """).param("connector", connector.value()).single((_, _) -> connector);
    }

    Standing standing(AccountId account, EntitlementId entitlement) {
        return jdbc.sql("""
                SELECT
                    EXISTS (SELECT FROM approved_assignment
                            WHERE organization_id = :organizationId AND account_id = :account
                                AND entitlement_id = :entitlement) AS approved,
                    EXISTS (SELECT FROM observed_assignment
                            WHERE organization_id = :organizationId AND account_id = :account
                                AND entitlement_id = :entitlement) AS observed
                """)
                .param("account", account.value())
                .param("entitlement", entitlement.value())
                .single((row, _) -> new Standing(row.getBoolean("approved"), row.getBoolean("observed")));
    }

    List<Assignment> approved(@Nullable ConnectorId connector, AssignmentKey after, int limit) {
        return page("""
                SELECT p.account_id, a.display_name, p.entitlement_id, e.name, p.connector_id, p.approved, p.observed,
                    p.since
                FROM (SELECT b.account_id, b.entitlement_id, b.connector_id, true AS approved,
                          o.account_id IS NOT NULL AS observed, b.since
                      FROM approved_assignment b
                      LEFT JOIN observed_assignment o
                          ON o.organization_id = :organizationId AND o.account_id = b.account_id
                              AND o.entitlement_id = b.entitlement_id
                      WHERE b.organization_id = :organizationId
                          AND (b.account_id, b.entitlement_id) > (:afterAccount, :afterEntitlement)
                          AND (:connector::uuid IS NULL OR b.connector_id = :connector)
                      ORDER BY b.account_id, b.entitlement_id
                      LIMIT :limit) p
                JOIN account a ON a.organization_id = :organizationId AND a.account_id = p.account_id
                JOIN entitlement e ON e.organization_id = :organizationId AND e.entitlement_id = p.entitlement_id
                ORDER BY p.account_id, p.entitlement_id
                """, connector, after, limit);
    }

    List<Assignment> observed(@Nullable ConnectorId connector, AssignmentKey after, int limit) {
        return page("""
                SELECT p.account_id, a.display_name, p.entitlement_id, e.name, p.connector_id, p.approved, p.observed,
                    p.since
                FROM (SELECT o.account_id, o.entitlement_id, o.connector_id, b.account_id IS NOT NULL AS approved,
                          true AS observed, coalesce(b.since, o.since) AS since
                      FROM observed_assignment o
                      LEFT JOIN approved_assignment b
                          ON b.organization_id = :organizationId AND b.account_id = o.account_id
                              AND b.entitlement_id = o.entitlement_id
                      WHERE o.organization_id = :organizationId
                          AND (o.account_id, o.entitlement_id) > (:afterAccount, :afterEntitlement)
                          AND (:connector::uuid IS NULL OR o.connector_id = :connector)
                      ORDER BY o.account_id, o.entitlement_id
                      LIMIT :limit) p
                JOIN account a ON a.organization_id = :organizationId AND a.account_id = p.account_id
                JOIN entitlement e ON e.organization_id = :organizationId AND e.entitlement_id = p.entitlement_id
                ORDER BY p.account_id, p.entitlement_id
                """, connector, after, limit);
    }

    /** What stands in one book only. */
    List<Assignment> drift(@Nullable ConnectorId connector, AssignmentKey after, int limit) {
        return page("""
                SELECT p.account_id, a.display_name, p.entitlement_id, e.name, p.connector_id, p.approved, p.observed,
                    p.since
                FROM (SELECT b.account_id, b.entitlement_id, b.connector_id, true AS approved, false AS observed, b.since
                      FROM approved_assignment b
                      WHERE b.organization_id = :organizationId
                          AND (b.account_id, b.entitlement_id) > (:afterAccount, :afterEntitlement)
                          AND (:connector::uuid IS NULL OR b.connector_id = :connector)
                          AND NOT EXISTS (SELECT FROM observed_assignment o
                                          WHERE o.organization_id = :organizationId AND o.account_id = b.account_id
                                              AND o.entitlement_id = b.entitlement_id)
                      UNION ALL
                      SELECT o.account_id, o.entitlement_id, o.connector_id, false AS approved, true AS observed, o.since
                      FROM observed_assignment o
                      WHERE o.organization_id = :organizationId
                          AND (o.account_id, o.entitlement_id) > (:afterAccount, :afterEntitlement)
                          AND (:connector::uuid IS NULL OR o.connector_id = :connector)
                          AND NOT EXISTS (SELECT FROM approved_assignment b
                                          WHERE b.organization_id = :organizationId AND b.account_id = o.account_id
                                              AND b.entitlement_id = o.entitlement_id)
                      ORDER BY account_id, entitlement_id
                      LIMIT :limit) p
                JOIN account a ON a.organization_id = :organizationId AND a.account_id = p.account_id
                JOIN entitlement e ON e.organization_id = :organizationId AND e.entitlement_id = p.entitlement_id
                ORDER BY p.account_id, p.entitlement_id
                """, connector, after, limit);
    }

    List<ConnectorSummary> summaries() {
        return jdbc.sql("""
                SELECT k.connector_id,
                    (SELECT count(*) FROM account a
                     WHERE a.organization_id = :organizationId AND a.connector_id = k.connector_id
                         AND a.state <> 'absent') AS accounts,
                    (SELECT count(*) FROM entitlement e
                     WHERE e.organization_id = :organizationId AND e.connector_id = k.connector_id
                         AND e.present) AS entitlements,
                    (SELECT count(*) FROM approved_assignment b
                     WHERE b.organization_id = :organizationId AND b.connector_id = k.connector_id) AS approved,
                    (SELECT count(*) FROM observed_assignment o
                     WHERE o.organization_id = :organizationId AND o.connector_id = k.connector_id) AS observed,
                    (SELECT count(*) FROM approved_assignment b
                     JOIN observed_assignment o
                         ON o.organization_id = :organizationId AND o.account_id = b.account_id
                             AND o.entitlement_id = b.entitlement_id
                     WHERE b.organization_id = :organizationId AND b.connector_id = k.connector_id) AS agreed
                FROM book k
                WHERE k.organization_id = :organizationId
                ORDER BY k.connector_id
                """).list((row, _) -> summary(row));
    }

    boolean hasApproved(ConnectorId connector) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT FROM approved_assignment
                               WHERE organization_id = :organizationId AND connector_id = :connector)
                """).param("connector", connector.value()).single((row, _) -> row.getBoolean(1));
    }

    /**
     * Copies the observed book into the approved one.
     *
     * @return how many assignments that were
     */
    int acceptBaseline(ConnectorId connector, ObservationId observation, Instant at) {
        return jdbc.sql("""
                INSERT INTO approved_assignment
                    (organization_id, account_id, entitlement_id, connector_id, source, observation_id, since)
                SELECT :organizationId, account_id, entitlement_id, connector_id, 'baseline', :observation, :at
                FROM observed_assignment
                WHERE organization_id = :organizationId AND connector_id = :connector
                """)
                .param("observation", observation.value())
                .param("at", at)
                .param("connector", connector.value())
                .update();
    }

    void approve(Account account, Entitlement entitlement, ApprovalId approval, Instant at) {
        jdbc.sql("""
                INSERT INTO approved_assignment
                    (organization_id, account_id, entitlement_id, connector_id, source, approval_ref, since)
                VALUES (:organizationId, :account, :entitlement, :connector, 'workflow', :approval, :at)
                ON CONFLICT (organization_id, account_id, entitlement_id)
                DO UPDATE SET source = excluded.source, observation_id = NULL, approval_ref = excluded.approval_ref
                """)
                .param("account", account.id().value())
                .param("entitlement", entitlement.id().value())
                .param("connector", account.connector().value())
                .param("approval", approval.value())
                .param("at", at)
                .update();
    }

    void disapprove(Account account, Entitlement entitlement) {
        jdbc.sql("""
                DELETE FROM approved_assignment
                WHERE organization_id = :organizationId AND account_id = :account AND entitlement_id = :entitlement
                """)
                .param("account", account.id().value())
                .param("entitlement", entitlement.id().value())
                .update();
    }

    private List<Assignment> page(
            @CompileTimeConstant final String sql, @Nullable ConnectorId connector, AssignmentKey after, int limit) {
        return jdbc.sql(sql)
                .param("connector", connector == null ? null : connector.value())
                .param("afterAccount", after.account())
                .param("afterEntitlement", after.entitlement())
                .param("limit", limit)
                .list((row, _) -> assignment(row));
    }

    private static Assignment assignment(ResultSet row) throws SQLException {
        return new Assignment(
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getString("display_name"),
                new EntitlementId(row.getObject("entitlement_id", UUID.class)),
                row.getString("name"),
                new ConnectorId(row.getObject("connector_id", UUID.class)),
                row.getBoolean("approved"),
                row.getBoolean("observed"),
                row.getObject("since", OffsetDateTime.class).toInstant());
    }

    private static ConnectorSummary summary(ResultSet row) throws SQLException {
        int approved = row.getInt("approved");
        int observed = row.getInt("observed");
        return new ConnectorSummary(
                new ConnectorId(row.getObject("connector_id", UUID.class)),
                row.getInt("accounts"),
                row.getInt("entitlements"),
                approved,
                observed,
                approved + observed - 2 * row.getInt("agreed"));
    }
}
