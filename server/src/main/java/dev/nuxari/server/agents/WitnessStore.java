package dev.nuxari.server.agents;

import dev.nuxari.server.tenancy.OrganizationJdbc;
import dev.nuxari.transparency.NoteSignature;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    /** The lines of a note over so many entries. */
    List<String> over(long size) {
        return jdbc.sql("""
                SELECT signature
                FROM agent_cosignature
                WHERE organization_id = :organizationId AND size = :size
                ORDER BY agent_id
                LIMIT 1000
                """).param("size", size).list((row, _) -> row.getString("signature"));
    }

    /** The largest size that so many have cosigned. */
    Optional<Long> newestBy(int witnesses) {
        return jdbc.sql("""
                SELECT size
                FROM agent_cosignature
                WHERE organization_id = :organizationId
                GROUP BY size
                HAVING count(*) >= :witnesses
                ORDER BY size DESC
                LIMIT 1
                """).param("witnesses", witnesses).optional((row, _) -> row.getLong("size"));
    }
}
