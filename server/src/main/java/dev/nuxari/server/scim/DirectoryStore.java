package dev.nuxari.server.scim;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.redaction.RedactedText;
import dev.nuxari.server.scim.Directory.GroupRole;
import dev.nuxari.server.scim.Directory.MatchedBy;
import dev.nuxari.server.scim.Directory.Settings;
import dev.nuxari.server.scim.Directory.State;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class DirectoryStore {
    private final OrganizationJdbc jdbc;

    DirectoryStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** A token as it is listed: without what opens anything. */
    record Token(
            DirectoryTokenId id,
            Instant createdAt,
            MemberId createdBy,
            @Nullable Instant endsAt) {}

    /** The newest first; there are few. */
    List<Directory> list() {
        return jdbc.sql("""
                SELECT directory_id, name, default_role, ceiling, state, created_at, last_request_at, version
                FROM directory
                WHERE organization_id = :organizationId
                ORDER BY directory_id DESC
                LIMIT 100
                """).list((row, _) -> directory(row));
    }

    Optional<Directory> find(DirectoryId id) {
        return jdbc.sql("""
                SELECT directory_id, name, default_role, ceiling, state, created_at, last_request_at, version
                FROM directory
                WHERE organization_id = :organizationId AND directory_id = :id
                """).param("id", id.value()).optional((row, _) -> directory(row));
    }

    /** Locks the row until the scope closes. */
    Optional<Directory> lock(DirectoryId id) {
        return jdbc.sql("""
                SELECT directory_id, name, default_role, ceiling, state, created_at, last_request_at, version
                FROM directory
                WHERE organization_id = :organizationId AND directory_id = :id
                FOR NO KEY UPDATE
                """).param("id", id.value()).optional((row, _) -> directory(row));
    }

    /** Which groups give which role, in a lasting order. */
    List<GroupRole> groupRoles(DirectoryId id) {
        return jdbc.sql("""
                SELECT matched_by, matched_value, role
                FROM directory_role
                WHERE organization_id = :organizationId AND directory_id = :id
                ORDER BY matched_by, matched_value
                """)
                .param("id", id.value())
                .list((row, _) -> new GroupRole(
                        Spelling.parse(MatchedBy.class, row.getString("matched_by")),
                        row.getString("matched_value"),
                        Role.parse(row.getString("role"))));
    }

    void add(DirectoryId id, RedactedText name, Settings settings, Instant at) {
        jdbc.sql("""
                INSERT INTO directory (organization_id, directory_id, name, default_role, ceiling, state, created_at)
                VALUES (:organizationId, :id, :name, :defaultRole, :ceiling, :state, :at)
                """)
                .param("id", id.value())
                .param("name", name.text())
                .param("defaultRole", settings.defaultRole())
                .param("ceiling", settings.ceiling())
                .param("state", settings.state())
                .param("at", at)
                .update();
    }

    void save(DirectoryId id, RedactedText name, Settings settings, int version) {
        jdbc.sql("""
                UPDATE directory
                SET name = :name, default_role = :defaultRole, ceiling = :ceiling, state = :state, version = :version
                WHERE organization_id = :organizationId AND directory_id = :id
                """)
                .param("id", id.value())
                .param("name", name.text())
                .param("defaultRole", settings.defaultRole())
                .param("ceiling", settings.ceiling())
                .param("state", settings.state())
                .param("version", version)
                .update();
    }

    void removeGroupRoles(DirectoryId id) {
        jdbc.sql("DELETE FROM directory_role WHERE organization_id = :organizationId AND directory_id = :id")
                .param("id", id.value())
                .update();
    }

    void addGroupRole(DirectoryId id, GroupRole groupRole, RedactedText value) {
        jdbc.sql("""
                INSERT INTO directory_role (organization_id, directory_id, matched_by, matched_value, role)
                VALUES (:organizationId, :id, :matchedBy, :value, :role)
                """)
                .param("id", id.value())
                .param("matchedBy", groupRole.matchedBy())
                .param("value", value.text())
                .param("role", groupRole.role())
                .update();
    }

    void addToken(DirectoryTokenId token, DirectoryId directory, String hash, MemberId by, Instant at) {
        jdbc.sql("""
                INSERT INTO directory_token (organization_id, token_id, directory_id, token_hash, created_at, created_by)
                VALUES (:organizationId, :token, :id, :hash, :at, :by)
                """)
                .param("token", token.value())
                .param("id", directory.value())
                .param("hash", hash)
                .param("at", at)
                .param("by", by.value())
                .update();
    }

    /** Those that still open something, the newest first. */
    List<Token> tokens(DirectoryId directory, Instant now) {
        return jdbc.sql("""
                SELECT token_id, created_at, created_by, ends_at
                FROM directory_token
                WHERE organization_id = :organizationId AND directory_id = :id
                  AND (ends_at IS NULL OR ends_at > CAST(:now AS timestamptz))
                ORDER BY token_id DESC
                """)
                .param("id", directory.value())
                .param("now", now)
                .list((row, _) -> new Token(
                        new DirectoryTokenId(row.getObject("token_id", UUID.class)),
                        Objects.requireNonNull(instant(row, "created_at")),
                        new MemberId(row.getObject("created_by", UUID.class)),
                        instant(row, "ends_at")));
    }

    /** The tokens but this one end then, unless they end before. */
    void endOthers(DirectoryId directory, DirectoryTokenId token, Instant endsAt) {
        jdbc.sql("""
                UPDATE directory_token SET ends_at = :endsAt
                WHERE organization_id = :organizationId AND directory_id = :id AND token_id <> :token
                  AND (ends_at IS NULL OR ends_at > CAST(:endsAt AS timestamptz))
                """)
                .param("id", directory.value())
                .param("token", token.value())
                .param("endsAt", endsAt)
                .update();
    }

    /** Answers whether it had not ended before. */
    boolean endToken(DirectoryId directory, DirectoryTokenId token, Instant now) {
        return jdbc.sql("""
                UPDATE directory_token SET ends_at = :now
                WHERE organization_id = :organizationId AND directory_id = :id AND token_id = :token
                  AND (ends_at IS NULL OR ends_at > CAST(:now AS timestamptz))
                """)
                        .param("id", directory.value())
                        .param("token", token.value())
                        .param("now", now)
                        .update()
                == 1;
    }

    boolean hasToken(DirectoryId directory, DirectoryTokenId token) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT FROM directory_token
                               WHERE organization_id = :organizationId AND directory_id = :id AND token_id = :token)
                """)
                .param("id", directory.value())
                .param("token", token.value())
                .single((row, _) -> row.getBoolean(1));
    }

    /** A directory that is listened to, and when it was last heard of. */
    record Known(DirectoryId id, @Nullable Instant lastRequestAt) {}

    /** Whose token it is; empty if it opens nothing. */
    Optional<Known> findByToken(String hash, Instant now) {
        return jdbc.sql("""
                SELECT d.directory_id, d.last_request_at
                FROM directory_token t
                JOIN directory d ON d.organization_id = :organizationId AND d.directory_id = t.directory_id
                WHERE t.organization_id = :organizationId AND t.token_hash = :hash AND d.state = 'active'
                  AND (t.ends_at IS NULL OR t.ends_at > CAST(:now AS timestamptz))
                """)
                .param("hash", hash)
                .param("now", now)
                .optional((row, _) -> new Known(
                        new DirectoryId(row.getObject("directory_id", UUID.class)), instant(row, "last_request_at")));
    }

    void seen(DirectoryId id, Instant at) {
        jdbc.sql("""
                UPDATE directory SET last_request_at = :at
                WHERE organization_id = :organizationId AND directory_id = :id
                """).param("id", id.value()).param("at", at).update();
    }

    private static Directory directory(ResultSet row) throws SQLException {
        Settings settings = new Settings(
                row.getString("name"),
                Role.parse(row.getString("default_role")),
                Role.parse(row.getString("ceiling")),
                Spelling.parse(State.class, row.getString("state")),
                List.of());
        return new Directory(
                new DirectoryId(row.getObject("directory_id", UUID.class)),
                settings,
                Objects.requireNonNull(instant(row, "created_at")),
                instant(row, "last_request_at"),
                row.getInt("version"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
