package dev.nuxari.server.shares;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.Permission;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.audit.AuditFilter;
import dev.nuxari.server.audit.AuditSearch;
import dev.nuxari.server.redaction.RedactedText;
import dev.nuxari.server.shares.Share.Opening.Begun;
import dev.nuxari.server.shares.Shares.Listed;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import dev.nuxari.server.tenancy.OrganizationJdbc.Statement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class ShareStore {
    private static final Duration REFUSALS_EVERY = Duration.ofMinutes(1);

    private final OrganizationJdbc jdbc;

    ShareStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    UUID add(ShareToken token, RedactedText recipient, UUID evidencePackage, Terms terms) {
        return added(adding(token, recipient, terms)
                .param("package", evidencePackage)
                .param("filter", null)
                .param("references", null)
                .param("targets", null));
    }

    /** With what belongs together now, so that the database can tell it without searching. */
    UUID add(ShareToken token, RedactedText recipient, AuditFilter filter, AuditSearch.Found found, Terms terms) {
        return added(adding(token, recipient, terms)
                .param("package", null)
                .param("filter", filter.json().canonical())
                .param(
                        "references",
                        found.references().map(ids -> ids.toArray(UUID[]::new)).orElse(null))
                .param(
                        "targets",
                        found.targets().map(ids -> ids.toArray(String[]::new)).orElse(null)));
    }

    /** By whom, and for how long. */
    record Terms(
            MemberId by,
            Instant at,
            Instant expiresAt,
            @Nullable Integer mostUses) {}

    private Statement adding(ShareToken token, RedactedText recipient, Terms terms) {
        return jdbc.sql("""
                INSERT INTO share_link (organization_id, token_hash, recipient, package_id, filter, matter_references,
                                   matter_targets, created_by, created_at, expires_at, most_uses)
                VALUES (:organizationId, :hash, :recipient, CAST(:package AS uuid), CAST(:filter AS text),
                        CAST(:references AS uuid[]), CAST(:targets AS text[]), :by, :at, :expiresAt, CAST(:mostUses AS int))
                RETURNING share_id
                """)
                .param("hash", token.hash())
                .param("recipient", recipient.text())
                .param("by", terms.by().value())
                .param("at", terms.at())
                .param("expiresAt", terms.expiresAt())
                .param("mostUses", terms.mostUses());
    }

    private static UUID added(Statement statement) {
        return statement.single((row, _) -> row.getObject("share_id", UUID.class));
    }

    /** The newest first. */
    List<Listed> list(@Nullable UUID before, int limit) {
        return jdbc.sql("""
                SELECT s.share_id, s.recipient, s.package_id, s.filter, s.created_at, s.expires_at, s.most_uses, s.uses,
                       s.visit_ends_at, s.revoked_at, s.created_by, s.revoked_by, m.role, m.state
                FROM share_link s
                JOIN member m ON m.organization_id = :organizationId AND m.member_id = s.created_by
                WHERE s.organization_id = :organizationId AND (CAST(:before AS uuid) IS NULL OR s.share_id < :before)
                ORDER BY s.share_id DESC
                LIMIT :limit
                """).param("before", before).param("limit", limit).list((row, _) -> listed(row));
    }

    Optional<Listed> find(UUID id) {
        return jdbc.sql("""
                SELECT s.share_id, s.recipient, s.package_id, s.filter, s.created_at, s.expires_at, s.most_uses, s.uses,
                       s.visit_ends_at, s.revoked_at, s.created_by, s.revoked_by, m.role, m.state
                FROM share_link s
                JOIN member m ON m.organization_id = :organizationId AND m.member_id = s.created_by
                WHERE s.organization_id = :organizationId AND s.share_id = :id
                """).param("id", id).optional((row, _) -> listed(row));
    }

    /** Locks the row until the scope closes, so that two visitors do not both have the last use. */
    Optional<Share> lock(UUID id) {
        return jdbc.sql("""
                SELECT share_id, recipient, package_id, filter, created_at, expires_at, most_uses, uses, visit_ends_at,
                       revoked_at
                FROM share_link
                WHERE organization_id = :organizationId AND share_id = :id
                FOR UPDATE
                """).param("id", id).optional((row, _) -> share(row));
    }

    /** As it is; for whoever was let in a moment ago. */
    Optional<Share> read(UUID id) {
        return jdbc.sql("""
                SELECT share_id, recipient, package_id, filter, created_at, expires_at, most_uses, uses, visit_ends_at,
                       revoked_at
                FROM share_link
                WHERE organization_id = :organizationId AND share_id = :id
                """).param("id", id).optional((row, _) -> share(row));
    }

    /** What the organization is called. */
    String organizationName() {
        return jdbc.sql("SELECT name FROM organization WHERE organization_id = :organizationId")
                .single((row, _) -> row.getString("name"));
    }

    void begin(UUID id, Begun visit) {
        jdbc.sql("""
                UPDATE share_link SET uses = :uses, visit_ends_at = :endsAt
                WHERE organization_id = :organizationId AND share_id = :id
                """)
                .param("id", id)
                .param("uses", visit.uses())
                .param("endsAt", visit.visitEndsAt())
                .update();
    }

    /** Answers whether it was open. */
    boolean revoke(UUID id, MemberId by, Instant at) {
        return jdbc.sql("""
                UPDATE share_link SET revoked_at = :at, revoked_by = :by
                WHERE organization_id = :organizationId AND share_id = :id AND revoked_at IS NULL
                """)
                        .param("id", id)
                        .param("by", by.value())
                        .param("at", at)
                        .update()
                == 1;
    }

    /** Answers whether this refusal goes on record: one each minute does. */
    boolean refuse(UUID id, Instant at) {
        return jdbc.sql("""
                UPDATE share_link SET refused_at = :at
                WHERE organization_id = :organizationId AND share_id = :id
                  AND (refused_at IS NULL OR refused_at <= :before)
                """)
                        .param("id", id)
                        .param("at", at)
                        .param("before", at.minus(REFUSALS_EVERY))
                        .update()
                == 1;
    }

    private static Listed listed(ResultSet row) throws SQLException {
        Role role = Role.parse(row.getString("role"));
        boolean permitted = "active".equals(row.getString("state"))
                && Set.of(Permission.AUDIT_READ, Permission.EVIDENCE_READ).stream()
                        .allMatch(role::may);
        return new Listed(
                share(row),
                new MemberId(row.getObject("created_by", UUID.class)),
                permitted,
                Optional.ofNullable(row.getObject("revoked_by", UUID.class)).map(MemberId::new));
    }

    private static Share share(ResultSet row) throws SQLException {
        return new Share(
                row.getObject("share_id", UUID.class),
                row.getString("recipient"),
                shared(row),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                row.getObject("most_uses", Integer.class),
                row.getInt("uses"),
                instant(row, "visit_ends_at"),
                instant(row, "revoked_at"));
    }

    private static Shared shared(ResultSet row) throws SQLException {
        UUID evidencePackage = row.getObject("package_id", UUID.class);
        return evidencePackage == null
                ? new Shared.Events(AuditFilter.parse(Json.parseObject(row.getString("filter"))))
                : new Shared.Evidence(evidencePackage);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
