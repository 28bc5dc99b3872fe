package dev.nuxari.server.identity;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.api.Person;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class SessionStore {
    private final OrganizationJdbc jdbc;

    SessionStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    UUID insert(Caller caller, SessionSecret secret, SignedIn signedIn, Instant now, Instant expiresAt) {
        return jdbc.sql("""
                INSERT INTO session (
                    organization_id, token_hash, member_id, acr, amr, auth_time, created_at, expires_at, last_seen_at,
                    broker_session, login_method, address)
                VALUES (:organizationId, :hash, :member, :acr, :amr, :authTime, :now, :expiresAt, :now, :brokerSession,
                    :loginMethod, CAST(:address AS inet))
                RETURNING session_id
                """)
                .param("hash", secret.hash())
                .param("member", caller.memberId().value())
                .param("acr", signedIn.acr())
                .param("amr", String.join(" ", signedIn.amr()))
                .param("authTime", signedIn.authTime())
                .param("now", now)
                .param("expiresAt", expiresAt)
                .param("brokerSession", signedIn.brokerSession())
                .param("loginMethod", signedIn.method() == null ? null : Spelling.of(signedIn.method()))
                .param("address", caller.origin().ip())
                .single((row, _) -> row.getObject("session_id", UUID.class));
    }

    /** The session of this secret, if it has neither ended nor expired nor been idle since then. */
    Optional<Session> find(SessionSecret secret, Instant now, Instant idleSince) {
        return jdbc.sql("""
                SELECT s.organization_id, s.session_id, m.subject, s.acr, s.login_method,
                    coalesce(s.auth_time, s.created_at) AS authenticated_at, s.expires_at, s.last_seen_at
                FROM session s
                JOIN member m ON m.organization_id = :organizationId AND m.member_id = s.member_id
                WHERE s.organization_id = :organizationId AND s.token_hash = :hash
                  AND s.ended_at IS NULL AND s.expires_at > :now AND s.last_seen_at > :idleSince
                """)
                .param("hash", secret.hash())
                .param("now", now)
                .param("idleSince", idleSince)
                .optional((row, _) -> session(row));
    }

    void seen(UUID session, @Nullable String address, Instant now) {
        jdbc.sql("""
                UPDATE session SET last_seen_at = :now, address = CAST(:address AS inet)
                WHERE organization_id = :organizationId AND session_id = :session
                """)
                .param("session", session)
                .param("address", address)
                .param("now", now)
                .update();
    }

    /** The sessions that are open, of members who are active, in the order of the members. */
    List<SignedInMember> open(Instant now, Instant idleSince) {
        return jdbc.sql("""
                SELECT m.member_id, m.display_name, m.role, s.acr, s.login_method, host(s.address) AS address,
                    coalesce(s.auth_time, s.created_at) AS authenticated_at, s.last_seen_at
                FROM session s
                JOIN member m ON m.organization_id = :organizationId AND m.member_id = s.member_id AND m.state = 'active'
                WHERE s.organization_id = :organizationId
                  AND s.ended_at IS NULL AND s.expires_at > :now AND s.last_seen_at > :idleSince
                ORDER BY m.member_id, s.session_id
                """)
                .param("now", now)
                .param("idleSince", idleSince)
                .list((row, _) -> new SignedInMember(
                        new Person(new MemberId(row.getObject("member_id", UUID.class)), row.getString("display_name")),
                        Role.parse(row.getString("role")),
                        row.getString("address"),
                        assurance(row)));
    }

    /** Ends it; answers whether it was open. */
    boolean end(UUID session, Instant now) {
        return jdbc.sql("""
                UPDATE session SET ended_at = :now
                WHERE organization_id = :organizationId AND session_id = :session AND ended_at IS NULL
                """).param("session", session).param("now", now).update() == 1;
    }

    /** Ends all of a member's; answers how many were open. */
    int endAll(MemberId member, Instant now) {
        return jdbc.sql("""
                UPDATE session SET ended_at = :now
                WHERE organization_id = :organizationId AND member_id = :member AND ended_at IS NULL AND expires_at > :now
                """).param("member", member.value()).param("now", now).update();
    }

    /** Ends those that the broker has ended, and answers which. */
    List<UUID> end(BrokerLogout logout, Instant now) {
        return jdbc.sql("""
                UPDATE session SET ended_at = :now
                WHERE organization_id = :organizationId AND ended_at IS NULL
                  AND member_id = (SELECT member_id FROM member
                                   WHERE organization_id = :organizationId AND subject = :subject)
                  AND CASE WHEN CAST(:brokerSession AS text) IS NULL THEN created_at <= :begunBefore
                           ELSE broker_session = :brokerSession END
                RETURNING session_id
                """)
                .param("now", now)
                .param("subject", logout.subject())
                .param("brokerSession", logout.brokerSession())
                .param("begunBefore", logout.issuedAt().plus(Broker.CLOCK_SKEW))
                .list((row, _) -> row.getObject("session_id", UUID.class));
    }

    private static Assurance assurance(ResultSet row) throws SQLException {
        String method = row.getString("login_method");
        return new Assurance(
                row.getString("acr"),
                method == null ? null : Spelling.parse(LoginMethod.class, method),
                row.getObject("authenticated_at", OffsetDateTime.class).toInstant(),
                row.getObject("last_seen_at", OffsetDateTime.class).toInstant());
    }

    private static Session session(ResultSet row) throws SQLException {
        return new Session(
                row.getObject("session_id", UUID.class),
                new OrganizationId(row.getObject("organization_id", UUID.class)),
                row.getString("subject"),
                assurance(row),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                row.getObject("last_seen_at", OffsetDateTime.class).toInstant());
    }
}
