package dev.nuxari.server.scim;

import dev.nuxari.server.redaction.RedactedText;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Repository;

@Repository
class DirectoryGroupStore {
    private final OrganizationJdbc jdbc;

    DirectoryGroupStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    Optional<DirectoryGroup> find(DirectoryId directory, UUID id) {
        return jdbc.sql("""
                SELECT group_id, display_name, external_id, version, created_at, changed_at
                FROM directory_group
                WHERE organization_id = :organizationId AND group_id = :id AND directory_id = :directory
                """)
                .param("directory", directory.value())
                .param("id", id)
                .optional((row, _) -> group(row));
    }

    /** Locks the row until the scope closes. */
    Optional<DirectoryGroup> lock(DirectoryId directory, UUID id) {
        return jdbc.sql("""
                SELECT group_id, display_name, external_id, version, created_at, changed_at
                FROM directory_group
                WHERE organization_id = :organizationId AND group_id = :id AND directory_id = :directory
                FOR NO KEY UPDATE
                """)
                .param("directory", directory.value())
                .param("id", id)
                .optional((row, _) -> group(row));
    }

    List<DirectoryGroup> search(DirectoryId directory, Search search) {
        return jdbc.sql("""
                SELECT group_id, display_name, external_id, version, created_at, changed_at
                FROM directory_group g
                WHERE g.organization_id = :organizationId AND g.directory_id = :directory
                  AND (CAST(:path AS text) IS NULL OR jsonb_path_exists(search, CAST(CAST(:path AS text) AS jsonpath)))
                  AND (CAST(:member AS uuid) IS NULL
                    OR EXISTS (SELECT FROM directory_group_member m
                               WHERE m.organization_id = :organizationId AND m.group_id = g.group_id
                                 AND m.user_id = CAST(:member AS uuid)))
                ORDER BY CASE WHEN CAST(:ascending AS boolean) THEN search #>> CAST(:sortBy AS text[]) END,
                         CASE WHEN NOT CAST(:ascending AS boolean) THEN search #>> CAST(:sortBy AS text[]) END
                             DESC NULLS LAST,
                         group_id
                LIMIT :limit OFFSET :offset
                """)
                .param("directory", directory.value())
                .param("path", search.path())
                .param("member", search.member())
                .param("ascending", search.ascending())
                .param("sortBy", search.sortBy().toArray(String[]::new))
                .param("limit", search.limit())
                .param("offset", search.offset())
                .list((row, _) -> group(row));
    }

    long count(DirectoryId directory, Search search) {
        return jdbc.sql("""
                SELECT count(*)
                FROM directory_group g
                WHERE g.organization_id = :organizationId AND g.directory_id = :directory
                  AND (CAST(:path AS text) IS NULL OR jsonb_path_exists(search, CAST(CAST(:path AS text) AS jsonpath)))
                  AND (CAST(:member AS uuid) IS NULL
                    OR EXISTS (SELECT FROM directory_group_member m
                               WHERE m.organization_id = :organizationId AND m.group_id = g.group_id
                                 AND m.user_id = CAST(:member AS uuid)))
                """)
                .param("directory", directory.value())
                .param("path", search.path())
                .param("member", search.member())
                .single((row, _) -> row.getLong(1));
    }

    /** Answers whether no other group has the name. */
    boolean add(DirectoryId directory, DirectoryGroup group, RedactedText displayName) {
        return jdbc.sql("""
                INSERT INTO directory_group (organization_id, group_id, directory_id, display_name, group_key, external_id,
                                             search, created_at, changed_at)
                VALUES (:organizationId, :id, :directory, :displayName, :key, :externalId, CAST(:search AS jsonb), :at, :at)
                ON CONFLICT (organization_id, directory_id, group_key) DO NOTHING
                """)
                        .param("id", group.id())
                        .param("directory", directory.value())
                        .param("displayName", displayName.text())
                        .param("key", group.key())
                        .param("externalId", group.externalId())
                        .param("search", group.search().canonical())
                        .param("at", group.createdAt())
                        .update()
                == 1;
    }

    /** @throws DuplicateKeyException if another group has the name; nothing else of this scope can be kept then */
    void save(DirectoryGroup group, RedactedText displayName) {
        jdbc.sql("""
                UPDATE directory_group
                SET display_name = :displayName, group_key = :key, external_id = :externalId,
                    search = CAST(:search AS jsonb), version = :version, changed_at = :at
                WHERE organization_id = :organizationId AND group_id = :id
                """)
                .param("id", group.id())
                .param("displayName", displayName.text())
                .param("key", group.key())
                .param("externalId", group.externalId())
                .param("search", group.search().canonical())
                .param("version", group.version())
                .param("at", group.changedAt())
                .update();
    }

    void remove(UUID id) {
        jdbc.sql("DELETE FROM directory_group WHERE organization_id = :organizationId AND group_id = :id")
                .param("id", id)
                .update();
    }

    /** A user of a group, as both are shown. */
    record Membership(UUID id, UUID of, String display) {}

    /** Who is in a group. */
    List<Membership> members(UUID group) {
        return jdbc.sql("""
                SELECT m.user_id, m.group_id, u.user_name
                FROM directory_group_member m
                JOIN directory_user u ON u.organization_id = :organizationId AND u.user_id = m.user_id
                WHERE m.organization_id = :organizationId AND m.group_id = :group
                ORDER BY m.user_id
                """)
                .param("group", group)
                .list((row, _) -> new Membership(
                        row.getObject("user_id", UUID.class),
                        row.getObject("group_id", UUID.class),
                        row.getString("user_name")));
    }

    /** In which groups these users are. */
    List<Membership> groupsOf(Collection<UUID> users) {
        return jdbc.sql("""
                SELECT m.group_id, m.user_id, g.display_name
                FROM directory_group_member m
                JOIN directory_group g ON g.organization_id = :organizationId AND g.group_id = m.group_id
                WHERE m.organization_id = :organizationId AND m.user_id = ANY (CAST(:users AS uuid[]))
                ORDER BY m.user_id, m.group_id
                """)
                .param("users", users.toArray(UUID[]::new))
                .list((row, _) -> new Membership(
                        row.getObject("group_id", UUID.class),
                        row.getObject("user_id", UUID.class),
                        row.getString("display_name")));
    }

    long memberCount(UUID group) {
        return jdbc.sql("""
                SELECT count(*) FROM directory_group_member
                WHERE organization_id = :organizationId AND group_id = :group
                """).param("group", group).single((row, _) -> row.getLong(1));
    }

    /** How many of them are users of this directory. */
    long known(DirectoryId directory, Collection<UUID> users) {
        return jdbc.sql("""
                SELECT count(*) FROM directory_user
                WHERE organization_id = :organizationId AND directory_id = :directory AND deleted_at IS NULL
                  AND user_id = ANY (CAST(:users AS uuid[]))
                """)
                .param("directory", directory.value())
                .param("users", users.toArray(UUID[]::new))
                .single((row, _) -> row.getLong(1));
    }

    /** Those that were not in it. */
    List<UUID> addMembers(DirectoryId directory, UUID group, Collection<UUID> users) {
        return jdbc.sql("""
                INSERT INTO directory_group_member (organization_id, group_id, user_id)
                SELECT :organizationId, CAST(:group AS uuid), u.user_id
                FROM directory_user u
                WHERE u.organization_id = :organizationId AND u.directory_id = :directory AND u.deleted_at IS NULL
                  AND u.user_id = ANY (CAST(:users AS uuid[]))
                ON CONFLICT DO NOTHING
                RETURNING user_id
                """)
                .param("directory", directory.value())
                .param("group", group)
                .param("users", users.toArray(UUID[]::new))
                .list((row, _) -> row.getObject("user_id", UUID.class));
    }

    /** Those that were in it. */
    List<UUID> removeMembers(UUID group, Collection<UUID> users) {
        return jdbc.sql("""
                DELETE FROM directory_group_member
                WHERE organization_id = :organizationId AND group_id = :group AND user_id = ANY (CAST(:users AS uuid[]))
                RETURNING user_id
                """)
                .param("group", group)
                .param("users", users.toArray(UUID[]::new))
                .list((row, _) -> row.getObject("user_id", UUID.class));
    }

    /** Those that were in it and are not among these. */
    List<UUID> keepMembers(UUID group, Collection<UUID> users) {
        return jdbc.sql("""
                DELETE FROM directory_group_member
                WHERE organization_id = :organizationId AND group_id = :group
                  AND NOT (user_id = ANY (CAST(:users AS uuid[])))
                RETURNING user_id
                """)
                .param("group", group)
                .param("users", users.toArray(UUID[]::new))
                .list((row, _) -> row.getObject("user_id", UUID.class));
    }

    private static DirectoryGroup group(ResultSet row) throws SQLException {
        return new DirectoryGroup(
                row.getObject("group_id", UUID.class),
                row.getString("display_name"),
                row.getString("external_id"),
                row.getInt("version"),
                Objects.requireNonNull(DirectoryStore.instant(row, "created_at")),
                Objects.requireNonNull(DirectoryStore.instant(row, "changed_at")));
    }
}
