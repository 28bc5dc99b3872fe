package dev.nuxari.server.identity;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.api.PageRequest;
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

    /** A session that was open, and whose it was. */
    record Ended(SessionId session, MemberId member) {}

    SessionStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    SessionId insert(Caller caller, SessionSecret secret, SignedIn signedIn, Instant now, Instant expiresAt) {
        return jdbc.sql("""
                INSERT INTO session (
                    organization_id, token_hash, member_id, acr, amr, auth_time, created_at, expires_at, last_seen_at,
                    broker_session, login_method, provider_id, address)
                VALUES (:organizationId, :hash, :member, :acr, :amr, :authTime, :now, :expiresAt, :now, :brokerSession,
                    :loginMethod, :provider, CAST(:address AS inet))
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
                .param(
                        "provider",
                        signedIn.federated() == null
                                ? null
                                : signedIn.federated().provider())
                .param("address", caller.origin().ip())
                .single((row, _) -> id(row));
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

    void seen(SessionId session, @Nullable String address, Instant now) {
        jdbc.sql("""
                UPDATE session SET last_seen_at = :now, address = CAST(:address AS inet)
                WHERE organization_id = :organizationId AND session_id = :session AND ended_at IS NULL
                """)
                .param("session", session.value())
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
                        new Person(member(row), row.getString("display_name")),
                        Role.parse(row.getString("role")),
                        row.getString("address"),
                        assurance(row)));
    }

    /** A member's open sessions, newest first: those that the organization's terms have not ended either. */
    List<OpenedSession> open(MemberId member, Instant now, Instant idleSince, PageRequest page) {
        return jdbc.sql("""
                SELECT s.session_id, s.created_at, s.acr, s.login_method, host(s.address) AS address,
                    coalesce(s.auth_time, s.created_at) AS authenticated_at, s.last_seen_at,
                    least(s.expires_at, coalesce(s.auth_time, s.created_at) + p.session_max_age) AS expires_at
                FROM session s
                JOIN identity_policy p ON p.organization_id = :organizationId
                WHERE s.organization_id = :organizationId AND s.member_id = :member AND s.ended_at IS NULL
                  AND least(s.expires_at, coalesce(s.auth_time, s.created_at) + p.session_max_age) > :now
                  AND s.last_seen_at > greatest(
                        CAST(:idleSince AS timestamptz), CAST(:now AS timestamptz) - p.idle_timeout)
                  AND (CAST(:after AS uuid) IS NULL OR s.session_id < CAST(:after AS uuid))
                ORDER BY s.session_id DESC
                LIMIT :rows
                """)
                .param("member", member.value())
                .param("now", now)
                .param("idleSince", idleSince)
                .param("after", page.afterId())
                .param("rows", page.rows())
                .list((row, _) -> new OpenedSession(
                        id(row),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                        row.getString("address"),
                        assurance(row)));
    }

    /** What the broker calls its own session that this one began with; empty if it did not say. */
    Optional<String> atBroker(SessionId session) {
        return jdbc.sql("""
                SELECT broker_session FROM session
                WHERE organization_id = :organizationId AND session_id = :session AND broker_session IS NOT NULL
                """).param("session", session.value()).optional((row, _) -> row.getString(1));
    }

    /** Ends it; answers whose it was, if it was open. */
    Optional<MemberId> end(SessionId session, Instant now) {
        return jdbc.sql("""
                UPDATE session SET ended_at = :now
                WHERE organization_id = :organizationId AND session_id = :session AND ended_at IS NULL
                RETURNING member_id
                """).param("session", session.value()).param("now", now).optional((row, _) -> member(row));
    }

    /** Ends it if it is this member's, and answers it if it was open. */
    List<SessionId> end(MemberId member, SessionId session, Instant now) {
        return jdbc.sql("""
                UPDATE session SET ended_at = :now
                WHERE organization_id = :organizationId AND session_id = :session AND member_id = :member
                  AND ended_at IS NULL AND expires_at > :now
                RETURNING session_id
                """)
                .param("session", session.value())
                .param("member", member.value())
                .param("now", now)
                .list((row, _) -> id(row));
    }

    /** Ends all of a member's but this one; answers those that were open. */
    List<SessionId> endAll(MemberId member, @Nullable SessionId but, Instant now) {
        return jdbc.sql("""
                UPDATE session SET ended_at = :now
                WHERE organization_id = :organizationId AND member_id = :member AND ended_at IS NULL AND expires_at > :now
                  AND session_id IS DISTINCT FROM CAST(:but AS uuid)
                RETURNING session_id
                """)
                .param("member", member.value())
                .param("but", but == null ? null : but.value())
                .param("now", now)
                .list((row, _) -> id(row));
    }

    /** Ends all that began by this identity provider; answers those that were open. */
    List<SessionId> endAll(UUID provider, Instant now) {
        return jdbc.sql("""
                UPDATE session SET ended_at = :now
                WHERE organization_id = :organizationId AND provider_id = :provider AND ended_at IS NULL
                  AND expires_at > :now
                RETURNING session_id
                """).param("provider", provider).param("now", now).list((row, _) -> id(row));
    }

    /** Ends those that the broker has ended, and answers which, and whose. */
    List<Ended> end(BrokerLogout logout, Instant now) {
        return jdbc.sql("""
                UPDATE session SET ended_at = :now
                WHERE organization_id = :organizationId AND ended_at IS NULL
                  AND member_id = (SELECT member_id FROM member
                                   WHERE organization_id = :organizationId AND subject = :subject)
                  AND CASE WHEN CAST(:brokerSession AS text) IS NULL THEN created_at <= :begunBefore
                           ELSE broker_session = :brokerSession END
                RETURNING session_id, member_id
                """)
                .param("now", now)
                .param("subject", logout.subject())
                .param("brokerSession", logout.brokerSession())
                .param("begunBefore", logout.issuedAt().plus(Broker.CLOCK_SKEW))
                .list((row, _) -> new Ended(id(row), member(row)));
    }

    private static SessionId id(ResultSet row) throws SQLException {
        return new SessionId(row.getObject("session_id", UUID.class));
    }

    private static MemberId member(ResultSet row) throws SQLException {
        return new MemberId(row.getObject("member_id", UUID.class));
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
                id(row),
                new OrganizationId(row.getObject("organization_id", UUID.class)),
                row.getString("subject"),
                assurance(row),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                row.getObject("last_seen_at", OffsetDateTime.class).toInstant());
    }
}
