package dev.nuxari.server.agents;

import dev.nuxari.server.audit.Cosigners.Wanted;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import dev.nuxari.transparency.NoteSignature;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** Cosignatures of checkpoints. */
@Repository
class WitnessStore {
    private static final int KEPT = 32;

    private final OrganizationJdbc jdbc;

    WitnessStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps it, and forgets the agent's oldest. */
    void add(AgentId agent, long size, NoteSignature signature, Instant at) {
        jdbc.sql("""
                INSERT INTO agent_cosignature (organization_id, agent_id, size, signature, at)
                VALUES (:organizationId, :agent, :size, :signature, :at)
                ON CONFLICT DO NOTHING
                """)
                .param("agent", agent.value())
                .param("size", size)
                .param("signature", signature.toString())
                .param("at", at)
                .update();
        jdbc.sql("""
                DELETE FROM agent_cosignature
                WHERE organization_id = :organizationId AND agent_id = :agent
                  AND size NOT IN (SELECT newest.size FROM agent_cosignature newest
                                   WHERE newest.organization_id = :organizationId AND newest.agent_id = :agent
                                   ORDER BY newest.size DESC LIMIT :kept)
                """).param("agent", agent.value()).param("kept", KEPT).update();
    }

    /** The lines of a note over so many entries; of everybody if nobody is named. */
    List<String> over(long size, Set<UUID> of) {
        return jdbc.sql("""
                SELECT signature
                FROM agent_cosignature
                WHERE organization_id = :organizationId AND size = :size
                  AND (CAST(:of AS uuid[]) IS NULL OR agent_id = ANY (CAST(:of AS uuid[])))
                ORDER BY agent_id
                LIMIT 1000
                """).param("size", size).param("of", named(of)).list((row, _) -> row.getString("signature"));
    }

    /** The largest size that as many as are wanted have cosigned. */
    Optional<Long> newestBy(Wanted wanted) {
        return jdbc.sql("""
                SELECT size
                FROM agent_cosignature
                WHERE organization_id = :organizationId
                  AND (CAST(:of AS uuid[]) IS NULL OR agent_id = ANY (CAST(:of AS uuid[])))
                GROUP BY size
                HAVING count(*) >= :witnesses
                ORDER BY size DESC
                LIMIT 1
                """)
                .param("of", named(wanted.of()))
                .param("witnesses", wanted.count())
                .optional((row, _) -> row.getLong("size"));
    }

    private static String @Nullable [] named(Set<UUID> of) {
        return of.isEmpty() ? null : of.stream().map(UUID::toString).toArray(String[]::new);
    }
}
