package dev.nuxari.server.agents;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.protocol.agent.AgentKey;
import dev.nuxari.server.agents.Agent.Host;
import dev.nuxari.server.agents.Agent.State;
import dev.nuxari.server.redaction.RedactedText;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** The agents of an organization. */
@Repository
class AgentStore {
    private final OrganizationJdbc jdbc;

    AgentStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * By name; the page after an agent, whose name never changes.
     *
     * @param now when health is judged
     */
    List<Agent> list(AgentFilter filter, Instant now, @Nullable UUID after, int limit) {
        return jdbc.sql("""
                SELECT agent_id, name, state, host_name, key_thumbprint, agent_version, capabilities, enrolled_at, last_seen_at,
                       sequence, receipts, created_at, ended_at
                FROM agent
                WHERE organization_id = :organizationId
                  AND (CAST(:query AS text) IS NULL
                    OR strpos(lower(name), lower(CAST(:query AS text))) > 0
                    OR strpos(lower(host_name), lower(CAST(:query AS text))) > 0)
                  AND (CAST(:state AS text) IS NULL OR state = :state)
                  AND (NOT CAST(:healthy AS boolean)
                    OR state = 'active' AND coalesce(last_seen_at, enrolled_at) > coalesce(CAST(:seenAfter AS timestamptz), '-infinity')
                      AND coalesce(last_seen_at, enrolled_at) <= coalesce(CAST(:seenUntil AS timestamptz), 'infinity'))
                  AND (CAST(:after AS uuid) IS NULL
                    OR (lower(name), agent_id) > (SELECT lower(a.name), a.agent_id FROM agent a
                                                  WHERE a.organization_id = :organizationId AND a.agent_id = :after))
                ORDER BY lower(name), agent_id
                LIMIT :limit
                """)
                .param("query", filter.query())
                .param("state", filter.state())
                .param("healthy", filter.health() != null)
                .param("seenAfter", filter.seenAfter(now))
                .param("seenUntil", filter.seenUntil(now))
                .param("after", after)
                .param("limit", limit)
                .list((row, _) -> agent(row));
    }

    long count() {
        return jdbc.sql(
                        "SELECT count(*) FROM agent WHERE organization_id = :organizationId AND state IN ('pending', 'active')")
                .single((row, _) -> row.getLong(1));
    }

    Optional<Agent> find(AgentId id) {
        return jdbc.sql("""
                SELECT agent_id, name, state, host_name, key_thumbprint, agent_version, capabilities, enrolled_at, last_seen_at,
                       sequence, receipts, created_at, ended_at
                FROM agent
                WHERE organization_id = :organizationId AND agent_id = :id
                """).param("id", id.value()).optional((row, _) -> agent(row));
    }

    /** Locks the row until the scope closes. */
    Optional<Agent> lock(AgentId id) {
        return jdbc.sql("""
                SELECT agent_id, name, state, host_name, key_thumbprint, agent_version, capabilities, enrolled_at, last_seen_at,
                       sequence, receipts, created_at, ended_at
                FROM agent
                WHERE organization_id = :organizationId AND agent_id = :id
                FOR NO KEY UPDATE
                """).param("id", id.value()).optional((row, _) -> agent(row));
    }

    void add(AgentId id, RedactedText name, MemberId by, Instant at) {
        jdbc.sql("""
                INSERT INTO agent (organization_id, agent_id, name, state, created_at, created_by)
                VALUES (:organizationId, :id, :name, 'pending', :at, :by)
                """)
                .param("id", id.value())
                .param("name", name.text())
                .param("at", at)
                .param("by", by.value())
                .update();
    }

    void end(AgentId id, State state, MemberId by, Instant at) {
        jdbc.sql("""
                UPDATE agent SET state = :state, ended_at = :at, ended_by = :by
                WHERE organization_id = :organizationId AND agent_id = :id
                """)
                .param("id", id.value())
                .param("state", state)
                .param("at", at)
                .param("by", by.value())
                .update();
    }

    /** Which agent has, or had, this key. */
    Optional<AgentId> withKey(AgentKey key) {
        return jdbc.sql(
                        "SELECT agent_id FROM agent WHERE organization_id = :organizationId AND key_thumbprint = :thumbprint")
                .param("thumbprint", key.thumbprint())
                .optional((row, _) -> new AgentId(row.getObject(1, UUID.class)));
    }

    void enrol(AgentId id, AgentKey key, HostEnrolments.Introduction host, Instant at) {
        jdbc.sql("""
                UPDATE agent
                SET state = 'active', public_key = :key, key_thumbprint = :thumbprint, host_name = :host, agent_version = :version,
                    capabilities = :capabilities, enrolled_at = :at, last_seen_at = :at
                WHERE organization_id = :organizationId AND agent_id = :id
                """)
                .param("id", id.value())
                .param("key", key.key().bytes())
                .param("thumbprint", key.thumbprint())
                .param("host", host.hostName())
                .param("version", host.version())
                .param("capabilities", host.capabilities().toArray(String[]::new))
                .param("at", at)
                .update();
    }

    void seen(AgentId id, Instant at) {
        jdbc.sql("UPDATE agent SET last_seen_at = :at WHERE organization_id = :organizationId AND agent_id = :id")
                .param("id", id.value())
                .param("at", at)
                .update();
    }

    void setSequence(AgentId id, long sequence) {
        jdbc.sql("UPDATE agent SET sequence = :sequence WHERE organization_id = :organizationId AND agent_id = :id")
                .param("id", id.value())
                .param("sequence", sequence)
                .update();
    }

    void setReceipts(AgentId id, long receipts) {
        jdbc.sql("UPDATE agent SET receipts = :receipts WHERE organization_id = :organizationId AND agent_id = :id")
                .param("id", id.value())
                .param("receipts", receipts)
                .update();
    }

    /** How many observations it has sent; locks the row until the scope closes. */
    long lockObservations(AgentId id) {
        return jdbc.sql("""
                SELECT observations FROM agent
                WHERE organization_id = :organizationId AND agent_id = :id
                FOR NO KEY UPDATE
                """).param("id", id.value()).single((row, _) -> row.getLong(1));
    }

    void setObservations(AgentId id, long observations) {
        jdbc.sql(
                        "UPDATE agent SET observations = :observations WHERE organization_id = :organizationId AND agent_id = :id")
                .param("id", id.value())
                .param("observations", observations)
                .update();
    }

    /** Unless it has done so since then; whether it was done. */
    boolean describe(AgentId id, String version, List<String> capabilities, Instant since, Instant at) {
        return jdbc.sql("""
                UPDATE agent SET agent_version = :version, capabilities = :capabilities, described_at = :at
                WHERE organization_id = :organizationId AND agent_id = :id
                  AND (described_at IS NULL OR described_at <= CAST(:since AS timestamptz))
                """)
                        .param("id", id.value())
                        .param("version", version)
                        .param("capabilities", capabilities.toArray(String[]::new))
                        .param("since", since)
                        .param("at", at)
                        .update()
                == 1;
    }

    private static Agent agent(ResultSet row) throws SQLException {
        return new Agent(
                new AgentId(row.getObject("agent_id", UUID.class)),
                row.getString("name"),
                Spelling.parse(State.class, row.getString("state")),
                host(row),
                row.getLong("sequence"),
                row.getLong("receipts"),
                Objects.requireNonNull(instant(row, "created_at")),
                instant(row, "ended_at"));
    }

    private static Optional<Host> host(ResultSet row) throws SQLException {
        Instant enrolledAt = instant(row, "enrolled_at");
        return enrolledAt == null
                ? Optional.empty()
                : Optional.of(new Host(
                        row.getString("host_name"),
                        row.getString("key_thumbprint"),
                        row.getString("agent_version"),
                        Stream.of((Object[]) row.getArray("capabilities").getArray())
                                .map(String::valueOf)
                                .toList(),
                        enrolledAt,
                        instant(row, "last_seen_at")));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
