package dev.nuxari.server.scim;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.redaction.Redacted;
import dev.nuxari.server.scim.DirectoryUser.Draft;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Repository;

@Repository
class DirectoryUserStore {
    private final OrganizationJdbc jdbc;

    DirectoryUserStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    Optional<DirectoryUser> find(DirectoryId directory, UUID id) {
        return jdbc.sql("""
                SELECT user_id, user_name, external_id, email, active, document, subject, version, created_at, changed_at
                FROM directory_user
                WHERE organization_id = :organizationId AND user_id = :id AND directory_id = :directory
                  AND deleted_at IS NULL
                """)
                .param("directory", directory.value())
                .param("id", id)
                .optional((row, _) -> user(row));
    }

    /** Locks the row until the scope closes. */
    Optional<DirectoryUser> lock(DirectoryId directory, UUID id) {
        return jdbc.sql("""
                SELECT user_id, user_name, external_id, email, active, document, subject, version, created_at, changed_at
                FROM directory_user
                WHERE organization_id = :organizationId AND user_id = :id AND directory_id = :directory
                  AND deleted_at IS NULL
                FOR NO KEY UPDATE
                """)
                .param("directory", directory.value())
                .param("id", id)
                .optional((row, _) -> user(row));
    }

    List<DirectoryUser> byUserName(DirectoryId directory, String userName) {
        return jdbc.sql("""
                SELECT user_id, user_name, external_id, email, active, document, subject, version, created_at, changed_at
                FROM directory_user
                WHERE organization_id = :organizationId AND directory_id = :directory AND user_key = :key
                  AND deleted_at IS NULL
                """)
                .param("directory", directory.value())
                .param("key", userName.toLowerCase(Locale.ROOT))
                .list((row, _) -> user(row));
    }

    List<DirectoryUser> byExternalId(DirectoryId directory, String externalId, int limit) {
        return jdbc.sql("""
                SELECT user_id, user_name, external_id, email, active, document, subject, version, created_at, changed_at
                FROM directory_user
                WHERE organization_id = :organizationId AND directory_id = :directory AND external_id = :externalId
                  AND deleted_at IS NULL
                ORDER BY user_id
                LIMIT :limit
                """)
                .param("directory", directory.value())
                .param("externalId", externalId)
                .param("limit", limit)
                .list((row, _) -> user(row));
    }

    /** In the order in which they came. The ids alone, which an index holds, are what is passed over before the page. */
    List<DirectoryUser> list(DirectoryId directory, Search search) {
        return jdbc.sql("""
                SELECT user_id, user_name, external_id, email, active, document, subject, version, created_at, changed_at
                FROM directory_user
                WHERE organization_id = :organizationId AND directory_id = :directory AND deleted_at IS NULL
                  AND user_id >= (SELECT user_id
                                  FROM directory_user
                                  WHERE organization_id = :organizationId AND directory_id = :directory
                                    AND deleted_at IS NULL
                                  ORDER BY user_id
                                  LIMIT 1 OFFSET :offset)
                ORDER BY user_id
                LIMIT :limit
                """)
                .param("directory", directory.value())
                .param("limit", search.limit())
                .param("offset", search.offset())
                .list((row, _) -> user(row));
    }

    List<DirectoryUser> search(DirectoryId directory, Search search) {
        return jdbc.sql("""
                SELECT user_id, user_name, external_id, email, active, document, subject, version, created_at, changed_at
                FROM directory_user
                WHERE organization_id = :organizationId AND directory_id = :directory AND deleted_at IS NULL
                  AND (CAST(:path AS text) IS NULL OR jsonb_path_exists(search, CAST(CAST(:path AS text) AS jsonpath)))
                ORDER BY CASE WHEN CAST(:ascending AS boolean) THEN search #>> CAST(:sortBy AS text[]) END,
                         CASE WHEN NOT CAST(:ascending AS boolean) THEN search #>> CAST(:sortBy AS text[]) END
                             DESC NULLS LAST,
                         user_id
                LIMIT :limit OFFSET :offset
                """)
                .param("directory", directory.value())
                .param("path", search.path())
                .param("ascending", search.ascending())
                .param("sortBy", search.sortBy().toArray(String[]::new))
                .param("limit", search.limit())
                .param("offset", search.offset())
                .list((row, _) -> user(row));
    }

    /** All of them. */
    long count(DirectoryId directory) {
        return jdbc.sql("""
                SELECT count(*)
                FROM directory_user
                WHERE organization_id = :organizationId AND directory_id = :directory AND deleted_at IS NULL
                """).param("directory", directory.value()).single((row, _) -> row.getLong(1));
    }

    long count(DirectoryId directory, Search search) {
        return jdbc.sql("""
                SELECT count(*)
                FROM directory_user
                WHERE organization_id = :organizationId AND directory_id = :directory AND deleted_at IS NULL
                  AND (CAST(:path AS text) IS NULL OR jsonb_path_exists(search, CAST(CAST(:path AS text) AS jsonpath)))
                """)
                .param("directory", directory.value())
                .param("path", search.path())
                .single((row, _) -> row.getLong(1));
    }

    /** Empty if the name or the address belongs to another user. */
    Optional<DirectoryUser> add(DirectoryId directory, UUID id, Draft draft, Instant at) {
        DirectoryUser added = new DirectoryUser(
                id,
                draft.userName(),
                draft.externalId(),
                draft.email(),
                draft.active(),
                (Json.Obj) draft.document().json(),
                null,
                1,
                at,
                at);
        int rows = jdbc.sql("""
                INSERT INTO directory_user (organization_id, user_id, directory_id, user_name, user_key, external_id, email,
                                            active, document, search, pending_at, created_at, changed_at)
                VALUES (:organizationId, :id, :directory, :userName, :userKey, :externalId, :email, :active, :document,
                        CAST(:search AS jsonb), CAST(:pendingAt AS timestamptz), :at, :at)
                ON CONFLICT DO NOTHING
                """)
                .param("id", id)
                .param("directory", directory.value())
                .param("userName", draft.userName())
                .param("userKey", draft.userName().toLowerCase(Locale.ROOT))
                .param("externalId", draft.externalId())
                .param("email", draft.email())
                .param("active", draft.active())
                .param("document", canonical(draft.document()))
                .param("search", UserDocument.search(added).canonical())
                .param("pendingAt", draft.active() ? at : null)
                .param("at", at)
                .update();
        return rows == 1 ? Optional.of(added) : Optional.empty();
    }

    /**
     * Replaces what is known of a user.
     *
     * @throws DuplicateKeyException if the name belongs to another user; nothing else of this scope can be kept then
     */
    DirectoryUser save(DirectoryUser before, Draft draft, boolean pending, Instant at) {
        DirectoryUser after = new DirectoryUser(
                before.id(),
                draft.userName(),
                draft.externalId(),
                before.email(),
                draft.active(),
                (Json.Obj) draft.document().json(),
                before.subject(),
                before.version() + 1,
                before.createdAt(),
                at);
        jdbc.sql("""
                UPDATE directory_user
                SET user_name = :userName, user_key = :userKey, external_id = :externalId, active = :active,
                    document = :document, search = CAST(:search AS jsonb), version = :version, changed_at = :at,
                    pending_at = CASE WHEN CAST(:pending AS boolean) THEN CAST(:at AS timestamptz) ELSE pending_at END,
                    attempts = 0
                WHERE organization_id = :organizationId AND user_id = :id
                """)
                .param("id", before.id())
                .param("userName", draft.userName())
                .param("userKey", draft.userName().toLowerCase(Locale.ROOT))
                .param("externalId", draft.externalId())
                .param("active", draft.active())
                .param("document", canonical(draft.document()))
                .param("search", UserDocument.search(after).canonical())
                .param("version", after.version())
                .param("pending", pending)
                .param("at", at)
                .update();
        return after;
    }

    private static String canonical(Redacted document) {
        return document.json().canonical();
    }

    /** From here on nobody sees it; the row stays until the broker has been told. */
    void remove(UUID id, Instant at) {
        jdbc.sql("DELETE FROM directory_group_member WHERE organization_id = :organizationId AND user_id = :id")
                .param("id", id)
                .update();
        jdbc.sql("""
                UPDATE directory_user
                SET active = false, deleted_at = :at, pending_at = :at, attempts = 0, document = '{}', search = '{}'
                WHERE organization_id = :organizationId AND user_id = :id
                """).param("id", id).param("at", at).update();
    }

    /** Somebody of whom the broker has to be told something. */
    record Pending(DirectoryUser user, boolean deleted, int attempts) {}

    /** Those that are due, the oldest first. */
    List<Pending> pending(DirectoryId directory, Instant now, int limit) {
        return jdbc.sql("""
                SELECT user_id, user_name, external_id, email, active, document, subject, version, created_at, changed_at,
                       deleted_at, attempts
                FROM directory_user
                WHERE organization_id = :organizationId AND directory_id = :directory
                  AND pending_at <= CAST(:now AS timestamptz)
                ORDER BY pending_at
                LIMIT :limit
                """)
                .param("directory", directory.value())
                .param("now", now)
                .param("limit", limit)
                .list((row, _) -> pending(row));
    }

    /** Those of whom nothing is due but their roles, which are by another version of the directory. */
    List<Pending> behind(DirectoryId directory, int version, int limit) {
        return jdbc.sql("""
                SELECT user_id, user_name, external_id, email, active, document, subject, version, created_at, changed_at,
                       deleted_at, attempts
                FROM directory_user
                WHERE organization_id = :organizationId AND directory_id = :directory
                  AND roles_version < CAST(:version AS int) AND active AND subject IS NOT NULL AND pending_at IS NULL
                LIMIT :limit
                """)
                .param("directory", directory.value())
                .param("version", version)
                .param("limit", limit)
                .list((row, _) -> pending(row));
    }

    /** The same row, locked, if nothing has changed about it. */
    Optional<DirectoryUser> lockUnchanged(DirectoryUser seen) {
        return jdbc.sql("""
                SELECT user_id, user_name, external_id, email, active, document, subject, version, created_at, changed_at
                FROM directory_user
                WHERE organization_id = :organizationId AND user_id = :id AND version = :version AND active = :active
                FOR NO KEY UPDATE
                """)
                .param("id", seen.id())
                .param("version", seen.version())
                .param("active", seen.active())
                .optional((row, _) -> user(row));
    }

    void link(UUID id, String subject, MemberId member) {
        jdbc.sql("""
                UPDATE directory_user SET subject = :subject, member_id = :member
                WHERE organization_id = :organizationId AND user_id = :id
                """)
                .param("id", id)
                .param("subject", subject)
                .param("member", member.value())
                .update();
    }

    /** Somebody new is a member, and the broker knows. */
    void arrived(UUID id, String subject, MemberId member, int rolesVersion) {
        jdbc.sql("""
                UPDATE directory_user
                SET subject = :subject, member_id = :member,
                    pending_at = NULL, attempts = 0, problem = NULL, roles_version = :rolesVersion
                WHERE organization_id = :organizationId AND user_id = :id
                """)
                .param("id", id)
                .param("subject", subject)
                .param("member", member.value())
                .param("rolesVersion", rolesVersion)
                .update();
    }

    /** The broker knows. */
    void done(UUID id, int rolesVersion) {
        jdbc.sql("""
                UPDATE directory_user SET pending_at = NULL, attempts = 0, problem = NULL, roles_version = :rolesVersion
                WHERE organization_id = :organizationId AND user_id = :id
                """).param("id", id).param("rolesVersion", rolesVersion).update();
    }

    /** It was tried, and is tried again; unless it was changed in the meantime. */
    void failed(DirectoryUser seen, AccountProblem problem, Instant next) {
        jdbc.sql("""
                UPDATE directory_user SET pending_at = :next, attempts = attempts + 1, problem = :problem
                WHERE organization_id = :organizationId AND user_id = :id AND version = :version
                """)
                .param("id", seen.id())
                .param("version", seen.version())
                .param("problem", problem)
                .param("next", next)
                .update();
    }

    void forget(UUID id) {
        jdbc.sql("""
                DELETE FROM directory_user
                WHERE organization_id = :organizationId AND user_id = :id AND deleted_at IS NOT NULL
                """).param("id", id).update();
    }

    /** Whether a user that is active is this person. */
    boolean isActive(String subject) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT FROM directory_user
                               WHERE organization_id = :organizationId AND subject = :subject AND active)
                """).param("subject", subject).single((row, _) -> row.getBoolean(1));
    }

    /** Those of them that are members. */
    List<DirectoryUser> linked(DirectoryId directory, Collection<UUID> ids) {
        return jdbc.sql("""
                SELECT user_id, user_name, external_id, email, active, document, subject, version, created_at, changed_at
                FROM directory_user
                WHERE organization_id = :organizationId AND directory_id = :directory AND subject IS NOT NULL AND active
                  AND user_id = ANY (CAST(:ids AS uuid[]))
                ORDER BY user_id
                """)
                .param("directory", directory.value())
                .param("ids", ids.toArray(UUID[]::new))
                .list((row, _) -> user(row));
    }

    /** The roles of the groups that a user is in. */
    List<Role> rolesOf(DirectoryId directory, UUID user) {
        return jdbc.sql("""
                SELECT r.role
                FROM directory_group_member m
                JOIN directory_group g ON g.organization_id = :organizationId AND g.group_id = m.group_id
                JOIN directory_role r ON r.organization_id = :organizationId AND r.directory_id = g.directory_id
                    AND ((r.matched_by = 'display-name' AND r.matched_value = g.display_name)
                        OR (r.matched_by = 'external-id' AND r.matched_value = g.external_id))
                WHERE m.organization_id = :organizationId AND m.user_id = :user AND g.directory_id = :directory
                """)
                .param("directory", directory.value())
                .param("user", user)
                .list((row, _) -> Role.parse(row.getString("role")));
    }

    private static Pending pending(ResultSet row) throws SQLException {
        return new Pending(user(row), row.getObject("deleted_at") != null, row.getInt("attempts"));
    }

    private static DirectoryUser user(ResultSet row) throws SQLException {
        return new DirectoryUser(
                row.getObject("user_id", UUID.class),
                row.getString("user_name"),
                row.getString("external_id"),
                row.getString("email"),
                row.getBoolean("active"),
                Json.parseObject(row.getString("document")),
                row.getString("subject"),
                row.getInt("version"),
                Objects.requireNonNull(DirectoryStore.instant(row, "created_at")),
                Objects.requireNonNull(DirectoryStore.instant(row, "changed_at")));
    }
}
