package dev.nuxari.server.identity;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Repository;

@Repository
class SessionStore {
    private final OrganizationJdbc jdbc;

    SessionStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    UUID insert(MemberId member, SessionSecret secret, SignedIn signedIn, Instant now, Instant expiresAt) {
        return jdbc.sql("""
                INSERT INTO session (
                    organization_id, token_hash, member_id, acr, amr, auth_time, created_at, expires_at, last_seen_at,
                    broker_session)
                VALUES (:organizationId, :hash, :member, :acr, :amr, :authTime, :now, :expiresAt, :now, :brokerSession)
                RETURNING session_id
                """)
                .param("hash", secret.hash())
                .param("member", member.value())
                .param("acr", signedIn.acr())
                .param("amr", String.join(" ", signedIn.amr()))
                .param("authTime", signedIn.authTime())
                .param("now", now)
                .param("expiresAt", expiresAt)
                .param("brokerSession", signedIn.brokerSession())
                .single((row, _) -> row.getObject("session_id", UUID.class));
    }

    /** The session of this secret, if it has neither ended nor expired nor been idle since then. */
    Optional<Session> find(SessionSecret secret, Instant now, Instant idleSince) {
        return jdbc.sql("""
                SELECT s.organization_id, s.session_id, m.subject, s.acr, s.expires_at, s.last_seen_at
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

    void seen(UUID session, Instant now) {
        jdbc.sql("""
                UPDATE session SET last_seen_at = :now
                WHERE organization_id = :organizationId AND session_id = :session
                """).param("session", session).param("now", now).update();
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

    private static Session session(ResultSet row) throws SQLException {
        return new Session(
                row.getObject("session_id", UUID.class),
                new OrganizationId(row.getObject("organization_id", UUID.class)),
                row.getString("subject"),
                row.getString("acr"),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                row.getObject("last_seen_at", OffsetDateTime.class).toInstant());
    }
}
