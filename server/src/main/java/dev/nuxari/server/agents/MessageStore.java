package dev.nuxari.server.agents;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.protocol.agent.ActionPackage;
import dev.nuxari.protocol.agent.Observations;
import dev.nuxari.protocol.agent.Receipt;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import dev.nuxari.server.workflow.ExecutionId;
import dev.nuxari.server.workflow.WorkflowId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** What goes to agents and what comes from them, as it was signed. */
@Repository
class MessageStore {
    private static final int SHOWN = 50;

    private final OrganizationJdbc jdbc;

    MessageStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** A package that waits to be delivered. */
    record Undelivered(Json.Obj envelope, long eventIndex) {}

    /**
     * How it stands with an agent that asks for packages.
     *
     * @param sequence the highest number that a package of it has
     * @param awaited whether there are packages for it
     * @param tokenSince since when there is the token that it uses
     */
    record Standing(
            long sequence, boolean awaited, @Nullable Instant tokenSince) {}

    /** A package, and which workflow waits for its end. */
    record Known(PackageId id, WorkflowId workflow, UUID approval, PlanHash plan, Instant expiresAt) {}

    /** A package as it is listed; the outcome is there when a receipt has come. */
    record Sent(
            PackageId id,
            WorkflowId workflow,
            UUID approval,
            int step,
            long sequence,
            Instant createdAt,
            Instant expiresAt,
            @Nullable String outcome) {}

    /** A receipt as it is listed. */
    record Received(
            long number,
            @Nullable PackageId packageId,
            String outcome,
            @Nullable String reason,
            Instant at,
            Instant receivedAt,
            Json.Obj envelope) {}

    /** The last that a source said. */
    record Observed(String source, long number, Instant at, Json.Obj envelope) {}

    /** For an attempt that is on record. */
    void add(ActionPackage order, Json.Obj envelope, String hash, ExecutionId execution) {
        int added = jdbc.sql("""
                INSERT INTO agent_package (organization_id, package_id, agent_id, execution_id, workflow_id, approval_ref, plan_hash,
                                           step, sequence, package_hash, envelope, event_index, created_at, expires_at)
                SELECT CAST(:organizationId AS uuid), :id, :agent, e.execution_id, e.workflow_id, :approval, :plan, :step, :sequence,
                       :hash, :envelope, :index, :at, :expires
                FROM execution e
                WHERE e.organization_id = :organizationId AND e.execution_id = :execution
                """)
                .param("id", order.packageId())
                .param("agent", order.agent())
                .param("execution", execution.value())
                .param("approval", order.approvalRef())
                .param("plan", order.planHash().hex())
                .param("step", order.step())
                .param("sequence", order.sequence())
                .param("hash", hash)
                .param("envelope", envelope.canonical())
                .param("index", order.eventIndex())
                .param("at", order.notBefore())
                .param("expires", order.expiresAt())
                .update();
        if (added != 1) {
            throw new IllegalStateException("no attempt " + execution);
        }
    }

    /** In one statement: most agents ask in vain, and thousands do. */
    Standing standing(AgentId agent, Instant now) {
        return jdbc.sql("""
                SELECT a.sequence,
                       EXISTS (SELECT FROM agent_package p
                               WHERE p.organization_id = :organizationId AND p.agent_id = :agent
                                 AND p.expires_at > CAST(:now AS timestamptz)
                                 AND NOT EXISTS (SELECT FROM agent_receipt r
                                                 WHERE r.organization_id = :organizationId AND r.package_id = p.package_id))
                           AS awaited,
                       (SELECT t.created_at FROM agent_token t
                        WHERE t.organization_id = :organizationId AND t.agent_id = :agent AND t.ended_at IS NULL
                          AND t.used_at IS NOT NULL) AS token_since
                FROM agent a
                WHERE a.organization_id = :organizationId AND a.agent_id = :agent
                """)
                .param("agent", agent.value())
                .param("now", now)
                .single((row, _) -> new Standing(
                        row.getLong("sequence"), row.getBoolean("awaited"), AgentStore.instant(row, "token_since")));
    }

    /** Without a receipt and not expired, by ascending sequence. */
    List<Undelivered> undelivered(AgentId agent, Instant now, int most) {
        return jdbc.sql("""
                SELECT envelope, event_index
                FROM agent_package p
                WHERE p.organization_id = :organizationId AND p.agent_id = :agent AND p.expires_at > CAST(:now AS timestamptz)
                  AND NOT EXISTS (SELECT FROM agent_receipt r
                                  WHERE r.organization_id = :organizationId AND r.package_id = p.package_id)
                ORDER BY p.sequence
                LIMIT :most
                """)
                .param("agent", agent.value())
                .param("now", now)
                .param("most", most)
                .list((row, _) ->
                        new Undelivered(Json.parseObject(row.getString("envelope")), row.getLong("event_index")));
    }

    /** Which agents have such packages. */
    List<AgentId> waitedFor(Instant now) {
        return jdbc.sql("""
                SELECT DISTINCT p.agent_id
                FROM agent_package p
                WHERE p.organization_id = :organizationId AND p.expires_at > CAST(:now AS timestamptz)
                  AND NOT EXISTS (SELECT FROM agent_receipt r
                                  WHERE r.organization_id = :organizationId AND r.package_id = p.package_id)
                """).param("now", now).list((row, _) -> new AgentId(row.getObject(1, UUID.class)));
    }

    Optional<Known> byHash(AgentId agent, String hash) {
        return jdbc.sql("""
                SELECT package_id, workflow_id, approval_ref, plan_hash, expires_at
                FROM agent_package
                WHERE organization_id = :organizationId AND agent_id = :agent AND package_hash = :hash
                """).param("agent", agent.value()).param("hash", hash).optional((row, _) -> known(row));
    }

    Optional<Known> of(ExecutionId execution) {
        return jdbc.sql("""
                SELECT package_id, workflow_id, approval_ref, plan_hash, expires_at
                FROM agent_package
                WHERE organization_id = :organizationId AND execution_id = :execution
                """).param("execution", execution.value()).optional((row, _) -> known(row));
    }

    /** What was said of a package first, but for a rejection only if nothing else was said. */
    Optional<Json.Obj> receiptFor(PackageId id) {
        return jdbc.sql("""
                SELECT envelope
                FROM agent_receipt
                WHERE organization_id = :organizationId AND package_id = :id
                ORDER BY outcome = 'rejected', number
                LIMIT 1
                """).param("id", id.value()).optional((row, _) -> Json.parseObject(row.getString("envelope")));
    }

    /** The hashes of the receipts with these numbers. */
    Map<Long, String> receiptHashes(AgentId agent, long first, long last) {
        return jdbc
                .sql("""
                SELECT number, receipt_hash
                FROM agent_receipt
                WHERE organization_id = :organizationId AND agent_id = :agent AND number BETWEEN :first AND :last
                """)
                .param("agent", agent.value())
                .param("first", first)
                .param("last", last)
                .list((row, _) -> Map.entry(row.getLong("number"), row.getString("receipt_hash")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** When the receipt came that has so many after it; empty if there are not so many. */
    Optional<Instant> receivedBefore(AgentId agent, int later) {
        return jdbc.sql("""
                SELECT received_at
                FROM agent_receipt
                WHERE organization_id = :organizationId AND agent_id = :agent
                ORDER BY number DESC
                LIMIT 1 OFFSET :later
                """)
                .param("agent", agent.value())
                .param("later", later)
                .optional((row, _) -> instant(row, "received_at"));
    }

    void add(Receipt receipt, Json.Obj envelope, String hash, Optional<PackageId> packageId, Instant now) {
        jdbc.sql("""
                INSERT INTO agent_receipt (organization_id, agent_id, number, receipt_hash, envelope, package_hash, package_id,
                                           outcome, reason, at, received_at)
                VALUES (:organizationId, :agent, :number, :hash, :envelope, :package, :id, :outcome, :reason, :at, :now)
                """)
                .param("agent", receipt.agent())
                .param("number", receipt.number())
                .param("hash", hash)
                .param("envelope", envelope.canonical())
                .param("package", receipt.packageHash())
                .param("id", packageId.map(PackageId::value).orElse(null))
                .param("outcome", receipt.ending().outcome())
                .param("reason", receipt.ending().reason().orElse(null))
                .param("at", receipt.at())
                .param("now", now)
                .update();
    }

    /** How many sources it has told of, and whether this is one of them. */
    record Sources(long count, boolean known) {}

    Sources sources(AgentId agent, String source) {
        return jdbc.sql("""
                SELECT count(*), coalesce(bool_or(source = :source), false)
                FROM agent_observation
                WHERE organization_id = :organizationId AND agent_id = :agent
                """)
                .param("agent", agent.value())
                .param("source", source)
                .single((row, _) -> new Sources(row.getLong(1), row.getBoolean(2)));
    }

    /** The hash of the observation with this number, if it is still the last of its source. */
    Optional<String> observationHash(AgentId agent, long number) {
        return jdbc.sql("""
                SELECT envelope_hash
                FROM agent_observation
                WHERE organization_id = :organizationId AND agent_id = :agent AND number = :number
                """)
                .param("agent", agent.value())
                .param("number", number)
                .optional((row, _) -> row.getString("envelope_hash"));
    }

    /** The last that its source said, from here on. */
    void put(Observations observations, Json.Obj envelope, String hash, Instant now) {
        jdbc.sql("""
                INSERT INTO agent_observation (organization_id, agent_id, source, number, envelope, envelope_hash, at, received_at)
                VALUES (:organizationId, :agent, :source, :number, :envelope, :hash, :at, :now)
                ON CONFLICT (organization_id, agent_id, source) DO UPDATE
                SET number = excluded.number, envelope = excluded.envelope, envelope_hash = excluded.envelope_hash,
                    at = excluded.at, received_at = excluded.received_at
                """)
                .param("agent", observations.agent())
                .param("source", observations.source())
                .param("number", observations.number())
                .param("envelope", envelope.canonical())
                .param("hash", hash)
                .param("at", observations.at())
                .param("now", now)
                .update();
    }

    /** How many packages wait for each agent's answer; nothing for those for which none does. */
    Map<AgentId, Long> inFlight(List<AgentId> agents, Instant now) {
        return jdbc
                .sql("""
                SELECT p.agent_id, count(*) AS waiting
                FROM agent_package p
                WHERE p.organization_id = :organizationId AND p.agent_id = ANY (CAST(:agents AS uuid[]))
                  AND p.expires_at > CAST(:now AS timestamptz)
                  AND NOT EXISTS (SELECT FROM agent_receipt r
                                  WHERE r.organization_id = :organizationId AND r.package_id = p.package_id)
                GROUP BY p.agent_id
                """)
                .param("agents", array(agents))
                .param("now", now)
                .list((row, _) -> Map.entry(new AgentId(row.getObject("agent_id", UUID.class)), row.getLong("waiting")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The last that each agent said of itself. */
    Map<AgentId, Json.Obj> health(List<AgentId> agents) {
        return jdbc
                .sql("""
                SELECT agent_id, envelope
                FROM agent_observation
                WHERE organization_id = :organizationId AND agent_id = ANY (CAST(:agents AS uuid[])) AND source = 'agent-health'
                """)
                .param("agents", array(agents))
                .list((row, _) -> Map.entry(
                        new AgentId(row.getObject("agent_id", UUID.class)),
                        Json.parseObject(row.getString("envelope"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String[] array(List<AgentId> agents) {
        return agents.stream().map(AgentId::toString).toArray(String[]::new);
    }

    /** The newest first. */
    List<Sent> packages(AgentId agent) {
        return jdbc.sql("""
                SELECT p.package_id, p.workflow_id, p.approval_ref, p.step, p.sequence, p.created_at, p.expires_at,
                       (SELECT r.outcome FROM agent_receipt r
                        WHERE r.organization_id = :organizationId AND r.package_id = p.package_id
                        ORDER BY r.outcome = 'rejected', r.number LIMIT 1) AS outcome
                FROM agent_package p
                WHERE p.organization_id = :organizationId AND p.agent_id = :agent
                ORDER BY p.sequence DESC
                LIMIT :limit
                """)
                .param("agent", agent.value())
                .param("limit", SHOWN)
                .list((row, _) -> new Sent(
                        new PackageId(row.getObject("package_id", UUID.class)),
                        new WorkflowId(row.getObject("workflow_id", UUID.class)),
                        row.getObject("approval_ref", UUID.class),
                        row.getInt("step"),
                        row.getLong("sequence"),
                        instant(row, "created_at"),
                        instant(row, "expires_at"),
                        row.getString("outcome")));
    }

    /** The newest first. */
    List<Received> receipts(AgentId agent) {
        return jdbc.sql("""
                SELECT number, package_id, outcome, reason, at, received_at, envelope
                FROM agent_receipt
                WHERE organization_id = :organizationId AND agent_id = :agent
                ORDER BY number DESC
                LIMIT :limit
                """).param("agent", agent.value()).param("limit", SHOWN).list((row, _) -> received(row));
    }

    /** By source. */
    List<Observed> observations(AgentId agent) {
        return jdbc.sql("""
                SELECT source, number, at, envelope
                FROM agent_observation
                WHERE organization_id = :organizationId AND agent_id = :agent
                ORDER BY source
                """)
                .param("agent", agent.value())
                .list((row, _) -> new Observed(
                        row.getString("source"),
                        row.getLong("number"),
                        instant(row, "at"),
                        Json.parseObject(row.getString("envelope"))));
    }

    private static Received received(ResultSet row) throws SQLException {
        UUID packageId = row.getObject("package_id", UUID.class);
        return new Received(
                row.getLong("number"),
                packageId == null ? null : new PackageId(packageId),
                row.getString("outcome"),
                row.getString("reason"),
                instant(row, "at"),
                instant(row, "received_at"),
                Json.parseObject(row.getString("envelope")));
    }

    private static Known known(ResultSet row) throws SQLException {
        return new Known(
                new PackageId(row.getObject("package_id", UUID.class)),
                new WorkflowId(row.getObject("workflow_id", UUID.class)),
                row.getObject("approval_ref", UUID.class),
                new PlanHash(row.getString("plan_hash")),
                instant(row, "expires_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(AgentStore.instant(row, column));
    }
}
