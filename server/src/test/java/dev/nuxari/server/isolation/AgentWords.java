package dev.nuxari.server.isolation;

import dev.nuxari.kernel.OrganizationId;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an agent was sent, and what it has said. */
final class AgentWords {
    private AgentWords() {}

    static void said(JdbcClient jdbc, OrganizationId organization, UUID agent) {
        jdbc.sql("""
                INSERT INTO agent_token (organization_id, token_id, agent_id, token_hash, created_at)
                VALUES (?, gen_random_uuid(), ?, encode(sha256(uuid_send(gen_random_uuid())), 'hex'), now())
                """).params(organization.value(), agent).update();
        jdbc.sql("""
                INSERT INTO agent_receipt (organization_id, agent_id, number, receipt_hash, envelope, package_hash, outcome, reason, at,
                                           received_at)
                VALUES (?, ?, 1, repeat('a', 64), '{"payload":"e30=","payloadType":"x","signatures":[]}', repeat('b', 64), 'rejected', 'unsigned', now(), now())
                """).params(organization.value(), agent).update();
        jdbc.sql("""
                INSERT INTO agent_observation (organization_id, agent_id, source, number, envelope, envelope_hash, at, received_at)
                VALUES (?, ?, 'agent-health', 1, '{"payload":"eyJzdW1tYXJpZXMiOltdfQ==","payloadType":"x","signatures":[]}', repeat('a', 64), now(), now())
                """).params(organization.value(), agent).update();
        jdbc.sql("""
                INSERT INTO agent_cosignature (organization_id, agent_id, size, signature, at) VALUES (?, ?, 1, 'x', now())
                """).params(organization.value(), agent).update();
        jdbc.sql("""
                INSERT INTO agent_package (organization_id, package_id, agent_id, execution_id, workflow_id, approval_ref, plan_hash,
                                           step, sequence, package_hash, envelope, event_index, created_at, expires_at)
                SELECT e.organization_id, gen_random_uuid(), ?, e.execution_id, e.workflow_id, e.approval_ref, e.plan_hash, e.step, 1,
                       repeat('a', 64), '{}', 0, now(), now() + interval '1 hour'
                FROM execution e
                WHERE e.organization_id = ?
                  AND NOT EXISTS (SELECT FROM agent_package p
                                  WHERE p.organization_id = e.organization_id AND p.execution_id = e.execution_id)
                LIMIT 1
                """).params(agent, organization.value()).update();
    }
}
