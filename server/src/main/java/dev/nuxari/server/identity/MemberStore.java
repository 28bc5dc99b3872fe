package dev.nuxari.server.identity;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class MemberStore {
    private final OrganizationJdbc jdbc;

    MemberStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * In the order of their ids, which is the order in which they came.
     *
     * @param only the one member that may be in the list; null for everybody
     */
    List<Member> list(@Nullable MemberId only, MemberFilter filter, PageRequest page) {
        return jdbc.sql("""
                SELECT member_id, display_name, email, role, state, version
                FROM member
                WHERE organization_id = :organizationId
                  AND (CAST(:only AS uuid) IS NULL OR member_id = CAST(:only AS uuid))
                  AND (CAST(:query AS text) IS NULL
                    OR strpos(lower(display_name), lower(CAST(:query AS text))) > 0
                    OR strpos(lower(email), lower(CAST(:query AS text))) > 0)
                  AND (CAST(:role AS text) IS NULL OR role = :role)
                  AND (CAST(:state AS text) IS NULL OR state = :state)
                  AND (CAST(:after AS uuid) IS NULL OR member_id > CAST(:after AS uuid))
                ORDER BY member_id
                LIMIT :rows
                """)
                .param("only", only == null ? null : only.value())
                .param("query", filter.query())
                .param("role", filter.role())
                .param("state", filter.state())
                .param("after", page.afterId())
                .param("rows", page.rows())
                .list((row, _) -> member(row));
    }

    Optional<Member> find(MemberId id) {
        return jdbc.sql("""
                SELECT member_id, display_name, email, role, state, version
                FROM member
                WHERE organization_id = :organizationId AND member_id = :id
                """).param("id", id.value()).optional((row, _) -> member(row));
    }

    Optional<Member> findBySubject(String subject) {
        return jdbc.sql("""
                SELECT member_id, display_name, email, role, state, version
                FROM member
                WHERE organization_id = :organizationId AND subject = :subject
                """).param("subject", subject).optional((row, _) -> member(row));
    }

    /** What the broker calls the member. */
    Optional<String> subject(MemberId member) {
        return jdbc.sql("""
                SELECT subject FROM member WHERE organization_id = :organizationId AND member_id = :id
                """).param("id", member.value()).optional((row, _) -> row.getString("subject"));
    }

    /** Whether the member's lock may be ended now; then that is remembered. */
    boolean takeUnlock(MemberId member, Instant now, Instant lastBefore) {
        return jdbc.sql("""
                INSERT INTO member_unlock (organization_id, member_id, unlocked_at)
                VALUES (:organizationId, :member, :now)
                ON CONFLICT (organization_id, member_id) DO UPDATE SET unlocked_at = excluded.unlocked_at
                WHERE member_unlock.unlocked_at <= :lastBefore
                """)
                        .param("member", member.value())
                        .param("now", now)
                        .param("lastBefore", lastBefore)
                        .update()
                == 1;
    }

    /** Empty if there is a member with that name at the broker. */
    Optional<Member> insert(NewMember person) {
        return jdbc.sql("""
                INSERT INTO member (organization_id, subject, email, display_name, role, state)
                VALUES (:organizationId, :subject, :email, :displayName, :role, 'active')
                ON CONFLICT (organization_id, subject) DO NOTHING
                RETURNING member_id, display_name, email, role, state, version
                """)
                .param("subject", person.subject())
                .param("email", person.email())
                .param("displayName", person.displayName().text())
                .param("role", person.role())
                .optional((row, _) -> member(row));
    }

    /** Name and address too, which only those may who enrol. */
    void replace(Member member) {
        jdbc.sql("""
                UPDATE member
                SET role = :role, state = :state, version = :version, email = :email, display_name = :displayName
                WHERE organization_id = :organizationId AND member_id = :id
                """)
                .param("id", member.id().value())
                .param("role", member.role())
                .param("state", member.state())
                .param("version", member.version())
                .param("email", member.email())
                .param("displayName", member.displayName())
                .update();
    }

    /**
     * Locks these members and all owners until the scope closes, in the order of their ids, so that those who change each
     * other take turns. What they are is read afterwards: whoever waited here has to see what the others did.
     */
    void lock(MemberId actor, MemberId member) {
        jdbc.sql("""
                SELECT member_id
                FROM member
                WHERE organization_id = :organizationId AND (member_id IN (:actor, :member) OR role = 'owner')
                ORDER BY member_id
                FOR NO KEY UPDATE
                """)
                .param("actor", actor.value())
                .param("member", member.value())
                .list((row, _) -> row.getObject("member_id", UUID.class));
    }

    /** Whether there is an active owner besides this member. */
    boolean hasOwnerBesides(MemberId member) {
        return jdbc.sql("""
                SELECT EXISTS (
                    SELECT FROM member
                    WHERE organization_id = :organizationId AND role = 'owner' AND state = 'active'
                      AND member_id <> :member) AS found
                """).param("member", member.value()).single((row, _) -> row.getBoolean("found"));
    }

    void save(Member member) {
        jdbc.sql("""
                UPDATE member SET role = :role, state = :state, version = :version
                WHERE organization_id = :organizationId AND member_id = :id
                """)
                .param("id", member.id().value())
                .param("role", member.role())
                .param("state", member.state())
                .param("version", member.version())
                .update();
    }

    Organization organization() {
        return jdbc.sql("""
                SELECT organization_id, slug, name FROM organization WHERE organization_id = :organizationId
                """)
                .single((row, _) -> new Organization(
                        new OrganizationId(row.getObject("organization_id", UUID.class)),
                        row.getString("slug"),
                        row.getString("name")));
    }

    private static Member member(ResultSet row) throws SQLException {
        return new Member(
                new MemberId(row.getObject("member_id", UUID.class)),
                row.getString("display_name"),
                row.getString("email"),
                Role.parse(row.getString("role")),
                Spelling.parse(Member.State.class, row.getString("state")),
                row.getInt("version"));
    }
}
