package dev.nuxari.server.agents;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** The hashes of enrolment tokens and of agents' tokens. */
@Repository
class TokenStore {
    private final OrganizationJdbc jdbc;

    TokenStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** An enrolment token as it is listed: without what opens anything. */
    record Enrolment(
            EnrolmentTokenId id,
            AgentId agent,
            int manifestVersion,
            Instant createdAt,
            MemberId createdBy,
            Instant expiresAt,
            @Nullable Instant usedAt,
            @Nullable Instant revokedAt) {
        boolean isGood(Instant now) {
            return usedAt == null && revokedAt == null && now.isBefore(expiresAt);
        }
    }

    void addEnrolment(Enrolment enrolment, String hash) {
        jdbc.sql("""
                INSERT INTO agent_enrolment (organization_id, enrolment_id, agent_id, token_hash, manifest_version, created_at,
                                             created_by, expires_at)
                VALUES (:organizationId, :id, :agent, :hash, :version, :at, :by, :expires)
                """)
                .param("id", enrolment.id().value())
                .param("agent", enrolment.agent().value())
                .param("hash", hash)
                .param("version", enrolment.manifestVersion())
                .param("at", enrolment.createdAt())
                .param("by", enrolment.createdBy().value())
                .param("expires", enrolment.expiresAt())
                .update();
    }

    /** The newest first. */
    List<Enrolment> enrolments(AgentId agent) {
        return jdbc.sql("""
                SELECT enrolment_id, agent_id, manifest_version, created_at, created_by, expires_at, used_at, revoked_at
                FROM agent_enrolment
                WHERE organization_id = :organizationId AND agent_id = :agent
                ORDER BY enrolment_id DESC
                LIMIT 20
                """).param("agent", agent.value()).list((row, _) -> enrolment(row));
    }

    Optional<Enrolment> findEnrolment(String hash) {
        return jdbc.sql("""
                SELECT enrolment_id, agent_id, manifest_version, created_at, created_by, expires_at, used_at, revoked_at
                FROM agent_enrolment
                WHERE organization_id = :organizationId AND token_hash = :hash
                """).param("hash", hash).optional((row, _) -> enrolment(row));
    }

    /** Answers true to one caller, however many ask at once. */
    boolean use(EnrolmentTokenId id, Instant at) {
        return jdbc.sql("""
                UPDATE agent_enrolment SET used_at = :at
                WHERE organization_id = :organizationId AND enrolment_id = :id AND used_at IS NULL AND revoked_at IS NULL
                  AND expires_at > CAST(:at AS timestamptz)
                """).param("id", id.value()).param("at", at).update() == 1;
    }

    /** Answers whether there was one to be revoked. */
    boolean revoke(AgentId agent, EnrolmentTokenId id, Instant at) {
        return jdbc.sql("""
                UPDATE agent_enrolment SET revoked_at = :at
                WHERE organization_id = :organizationId AND agent_id = :agent AND enrolment_id = :id AND used_at IS NULL
                  AND revoked_at IS NULL
                """)
                        .param("agent", agent.value())
                        .param("id", id.value())
                        .param("at", at)
                        .update()
                == 1;
    }

    /** So that one token at a time makes a host this agent. */
    void revokeOthers(AgentId agent, Instant at) {
        jdbc.sql("""
                UPDATE agent_enrolment SET revoked_at = :at
                WHERE organization_id = :organizationId AND agent_id = :agent AND used_at IS NULL AND revoked_at IS NULL
                """).param("agent", agent.value()).param("at", at).update();
    }

    boolean hasEnrolment(AgentId agent, EnrolmentTokenId id) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT FROM agent_enrolment
                               WHERE organization_id = :organizationId AND agent_id = :agent AND enrolment_id = :id)
                """)
                .param("agent", agent.value())
                .param("id", id.value())
                .single((row, _) -> row.getBoolean(1));
    }

    /** A token that nobody has used yet. */
    void add(AgentId agent, String hash, Instant at) {
        jdbc.sql("""
                INSERT INTO agent_token (organization_id, token_id, agent_id, token_hash, created_at)
                VALUES (:organizationId, :id, :agent, :hash, :at)
                """)
                .param("id", UuidV7.at(at))
                .param("agent", agent.value())
                .param("hash", hash)
                .param("at", at)
                .update();
    }

    /** The first use of a token ends all others. */
    void firstUse(AgentId agent, UUID token, Instant at) {
        jdbc.sql("""
                UPDATE agent_token
                SET used_at = CASE WHEN token_id = :token THEN CAST(:at AS timestamptz) ELSE used_at END,
                    ended_at = CASE WHEN token_id = :token THEN NULL ELSE CAST(:at AS timestamptz) END
                WHERE organization_id = :organizationId AND agent_id = :agent AND ended_at IS NULL
                """)
                .param("agent", agent.value())
                .param("token", token)
                .param("at", at)
                .update();
    }

    /** Those that were handed out and not used yet. */
    void endUnused(AgentId agent, Instant at) {
        jdbc.sql("""
                UPDATE agent_token SET ended_at = :at
                WHERE organization_id = :organizationId AND agent_id = :agent AND ended_at IS NULL AND used_at IS NULL
                """).param("agent", agent.value()).param("at", at).update();
    }

    void endAll(AgentId agent, Instant at) {
        jdbc.sql("""
                UPDATE agent_token SET ended_at = :at
                WHERE organization_id = :organizationId AND agent_id = :agent AND ended_at IS NULL
                """).param("agent", agent.value()).param("at", at).update();
    }

    private static Enrolment enrolment(ResultSet row) throws SQLException {
        return new Enrolment(
                new EnrolmentTokenId(row.getObject("enrolment_id", UUID.class)),
                new AgentId(row.getObject("agent_id", UUID.class)),
                row.getInt("manifest_version"),
                Objects.requireNonNull(AgentStore.instant(row, "created_at")),
                new MemberId(row.getObject("created_by", UUID.class)),
                Objects.requireNonNull(AgentStore.instant(row, "expires_at")),
                AgentStore.instant(row, "used_at"),
                AgentStore.instant(row, "revoked_at"));
    }
}
