package dev.nuxari.server.agents;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.protocol.agent.Receipt.Ending;
import dev.nuxari.protocol.agent.Rejection;
import dev.nuxari.server.agents.AgentGround.Host;
import dev.nuxari.server.tenancy.AgentAdmission;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Origin;
import dev.nuxari.server.testing.ServerTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the database keeps of agents when a statement is written by hand: as the server's role, in a scope that a door opened. */
@ServerTest
@Claim({"E2", "E4", "T3"})
class AgentWallsTest extends AgentStatements {
    private static final String NOT_CHANGED = "may not change this agent";
    private static final String NO_ENROLMENT = "may not do this with an enrolment";
    private static final String NO_TOKEN = "may not change tokens of agents";
    private static final String NO_WORD = "does not speak for this agent";

    private static String added(String state, String by) {
        return """
                INSERT INTO agent (organization_id, agent_id, name, state, created_at, created_by, public_key, key_thumbprint, host_name,
                                   agent_version, capabilities, enrolled_at)
                SELECT :organization, gen_random_uuid(), 'x', '%1$s', now(), %2$s, k.key, repeat('K', 43), h, h, c.list, e.at
                FROM (SELECT CASE WHEN '%1$s' = 'active' THEN sha256('x') END AS key) k,
                     LATERAL (SELECT CASE WHEN k.key IS NOT NULL THEN 'h' END AS h) n,
                     LATERAL (SELECT CASE WHEN k.key IS NOT NULL THEN ARRAY ['a'] END AS list) c,
                     LATERAL (SELECT CASE WHEN k.key IS NOT NULL THEN now() END AS at) e
                """.formatted(state, by)
                .replace("repeat('K', 43)", "CASE WHEN k.key IS NOT NULL THEN repeat('K', 43) END");
    }

    @Test
    void ownersAndAdminsNameAgentsInTheirOwnName() {
        refused("may not add this agent", member(Role.APPROVER), added("pending", ":approver"));
        refused("may not add this agent", member(Role.OWNER), added("pending", ":approver"), added("active", ":owner"));
        refused("may not add this agent", agent(host), added("pending", ":owner"));
        refused(
                "may not add this agent",
                system("agent-enrolment"),
                added("pending", ":owner"),
                added("active", ":owner"));

        assertThat(run(member(Role.OWNER), added("pending", ":owner"))).isEqualTo(1);
    }

    private static String ended(String state, String by) {
        return "UPDATE agent SET state = '%s', ended_at = now(), ended_by = %s WHERE agent_id = :host"
                .formatted(state, by);
    }

    @Test
    void ownersAndAdminsEndAgentsInTheirOwnName() {
        refused(NOT_CHANGED, member(Role.APPROVER), ended("revoked", ":approver"));
        refused(
                NOT_CHANGED,
                member(Role.OWNER),
                ended("revoked", ":approver"),
                ended("lost", ":owner").replace(" WHERE", ", public_key = sha256('y') WHERE"),
                ended("lost", ":owner").replace(" WHERE", ", sequence = 7 WHERE"));
        refused(NOT_CHANGED, system("agents"), ended("revoked", ":owner"));
        refused(NOT_CHANGED, agent(host), ended("revoked", ":owner"));

        assertThat(run(member(Role.OWNER), ended("revoked", ":owner"))).isEqualTo(1);
        for (Caller caller : List.of(member(Role.OWNER), system("agent-enrolment"), system("workflow"))) {
            refused(
                    NOT_CHANGED,
                    caller,
                    "UPDATE agent SET state = 'active', ended_at = NULL, ended_by = NULL WHERE agent_id = :host",
                    "UPDATE agent SET state = 'lost' WHERE agent_id = :host",
                    "UPDATE agent SET sequence = sequence + 1 WHERE agent_id = :host");
        }
    }

    @Test
    void agentsAndTheWorkflowWriteWhatIsTheirs() {
        refused(
                NOT_CHANGED,
                agent(host),
                "UPDATE agent SET public_key = sha256('y') WHERE agent_id = :host",
                "UPDATE agent SET key_thumbprint = repeat('L', 43) WHERE agent_id = :host",
                "UPDATE agent SET host_name = 'y' WHERE agent_id = :host",
                "UPDATE agent SET enrolled_at = now() WHERE agent_id = :host");
        refused(
                NOT_CHANGED,
                system("workflow"),
                "UPDATE agent SET receipts = 7 WHERE agent_id = :host",
                "UPDATE agent SET last_seen_at = now() WHERE agent_id = :host");
        for (Caller caller : List.of(member(Role.OWNER), system("agents"), system("agent-enrolment"))) {
            refused(
                    NOT_CHANGED,
                    caller,
                    "UPDATE agent SET last_seen_at = now() WHERE agent_id = :host",
                    "UPDATE agent SET capabilities = ARRAY ['b'], described_at = now() WHERE agent_id = :host",
                    "UPDATE agent SET sequence = sequence + 1 WHERE agent_id = :host");
        }
        assertThat(
                        run(
                                agent(host),
                                "UPDATE agent SET sequence = 7, receipts = 7, observations = 7, last_seen_at = now(), agent_version = '2', capabilities = ARRAY ['b'], described_at = now()"))
                .isEqualTo(1);
        assertThat(run(system("workflow"), "UPDATE agent SET sequence = 8 WHERE agent_id = :host"))
                .isEqualTo(1);
    }

    @Test
    void numbersCountUp() {
        run(agent(host), "UPDATE agent SET sequence = 7, receipts = 7, observations = 7");

        refused(
                "count up",
                agent(host),
                "UPDATE agent SET sequence = 6",
                "UPDATE agent SET receipts = 6",
                "UPDATE agent SET observations = 6");
        refused("count up", system("workflow"), "UPDATE agent SET sequence = 6 WHERE agent_id = :host");
    }

    private static final String ENROLS = """
            UPDATE agent
            SET state = 'active', public_key = sha256('x'), key_thumbprint = repeat('K', 43), host_name = 'h', agent_version = '1',
                capabilities = ARRAY ['a'], enrolled_at = now()
            WHERE agent_id = :pending
            """;

    /** In the transaction that uses the enrolment up, and in no later one. */
    @Test
    void hostBecomesAnAgentByAnEnrolmentOfThisMoment() {
        String pending = ground.pending();
        ground.issued(pending);
        String enrols = ENROLS.replace(":pending", "'" + pending + "'");
        String uses = "UPDATE agent_enrolment SET used_at = now() WHERE agent_id = '" + pending + "'";
        Caller enrolment = system("agent-enrolment");

        for (Caller caller : List.of(enrolment, member(Role.OWNER), system("workflow"), agent(host))) {
            assertThatThrownBy(() -> {
                        int changed = run(caller, enrols);
                        assertThat(changed).as("not even seen").isZero();
                        throw new IllegalStateException(NOT_CHANGED);
                    })
                    .hasStackTraceContaining(NOT_CHANGED);
        }
        refused(NO_ENROLMENT, member(Role.OWNER), uses);
        refused(NO_ENROLMENT, system("workflow"), uses);
        assertThat(run(enrolment, uses)).isEqualTo(1);
        refused(NOT_CHANGED, enrolment, enrols);
        refused(
                NO_ENROLMENT,
                enrolment,
                uses,
                uses.replace("now()", "NULL"),
                "UPDATE agent_enrolment SET revoked_at = now(), used_at = NULL WHERE agent_id = '" + pending + "'");

        String another = ground.pending();
        ground.issued(another);
        String bystander = ground.pending();
        assertThatThrownBy(() -> scope.run(ground.organization().id(), enrolment, () -> {
                    statement(server, uses.replace(pending, another));
                    statement(server, enrols.replace(pending, bystander));
                }))
                .as("by the enrolment of another agent")
                .hasStackTraceContaining(NOT_CHANGED);
        String gone = ground.pending();
        ground.issued(gone);
        run(member(Role.OWNER), ended("lost", ":owner").replace(":host", "'" + gone + "'"));
        assertThatThrownBy(() -> scope.run(ground.organization().id(), enrolment, () -> {
                    statement(server, uses.replace(pending, gone));
                    statement(
                            server,
                            enrols.replace(pending, gone).replace("SET", "SET ended_at = NULL, ended_by = NULL,"));
                }))
                .as("as an agent that was lost")
                .hasStackTraceContaining(NOT_CHANGED);
        int enrolled = scope.within(ground.organization().id(), enrolment, () -> {
            statement(server, uses.replace(pending, another));
            return statement(server, enrols.replace(pending, another));
        });
        assertThat(enrolled).isEqualTo(1);
    }

    private static String issued(String used, String by, String expires) {
        return """
                INSERT INTO agent_enrolment (organization_id, enrolment_id, agent_id, token_hash, manifest_version, created_at, created_by,
                                             expires_at, used_at)
                VALUES (:organization, gen_random_uuid(), :host, repeat('a', 64), 1, now(), %s, now() + interval '%s', %s)
                """.formatted(by, expires, used);
    }

    @Test
    void ownersAndAdminsMakeAndRevokeEnrolments() {
        refused(NO_ENROLMENT, member(Role.APPROVER), issued("NULL", ":approver", "1 hour"));
        refused(
                NO_ENROLMENT,
                member(Role.OWNER),
                issued("NULL", ":approver", "1 hour"),
                issued("now()", ":owner", "1 hour"));
        refused(NO_ENROLMENT, system("agent-enrolment"), issued("NULL", ":owner", "1 hour"));
        refused("violates check constraint", member(Role.OWNER), issued("NULL", ":owner", "25 hours"));
        assertThat(run(member(Role.OWNER), issued("NULL", ":owner", "24 hours")))
                .isEqualTo(1);

        String revoked = "UPDATE agent_enrolment SET revoked_at = now() WHERE used_at IS NULL AND revoked_at IS NULL";
        refused(NO_ENROLMENT, member(Role.APPROVER), revoked);
        refused(NO_ENROLMENT, system("agent-enrolment"), revoked);
        assertThat(run(member(Role.ADMIN), revoked)).isEqualTo(1);
        refused(NO_ENROLMENT, member(Role.ADMIN), "UPDATE agent_enrolment SET revoked_at = NULL");
    }

    private static String token(String agent) {
        return """
                INSERT INTO agent_token (organization_id, token_id, agent_id, token_hash, created_at)
                VALUES (:organization, gen_random_uuid(), %s, encode(sha256(%s::text::bytea), 'hex'), now())
                """.formatted(agent, agent);
    }

    @Test
    void tokensAreMadeByTheAgentAndEndedForGood() {
        for (Caller caller : List.of(member(Role.OWNER), system("workflow"), system("agents"))) {
            refused(NO_TOKEN, caller, token(":host"));
        }
        refused(NO_TOKEN, agent(host), token(":colleague"));
        refused(NO_TOKEN, member(Role.OWNER), "UPDATE agent_token SET used_at = now() WHERE agent_id = :host");
        refused(NO_TOKEN, member(Role.APPROVER), "UPDATE agent_token SET ended_at = now() WHERE agent_id = :host");
        assertThat(run(agent(host), token(":host"))).isEqualTo(1);

        Caller other = agent(colleague);
        assertThat(run(member(Role.OWNER), "UPDATE agent_token SET ended_at = now() WHERE agent_id = :host"))
                .isEqualTo(2);
        for (Caller caller : List.of(member(Role.OWNER), system("agent-enrolment"))) {
            refused(
                    "a token that has ended stays so",
                    caller,
                    "UPDATE agent_token SET ended_at = NULL WHERE agent_id = :host",
                    "UPDATE agent_token SET used_at = now() WHERE agent_id = :host");
        }
        assertThat(run(other, "UPDATE agent_token SET ended_at = NULL WHERE agent_id = :host"))
                .isZero();
    }

    @Test
    void nobodySpeaksForAnAgent() {
        for (String sql : List.of(RECEIPT, OBSERVATION, COSIGNATURE)) {
            for (Caller caller :
                    List.of(member(Role.OWNER), system("workflow"), system("agents"), system("agent-enrolment"))) {
                refused(NO_WORD, caller, sql);
            }
            assertThatThrownBy(() -> run(agent(colleague), sql)).isInstanceOf(RuntimeException.class);
            assertThat(run(agent(host), sql)).isEqualTo(1);
        }
        refused(
                NO_WORD,
                member(Role.OWNER),
                "UPDATE agent_observation SET envelope = 'y' WHERE agent_id = :host",
                "DELETE FROM agent_cosignature WHERE agent_id = :host");
        assertThat(run(agent(colleague), "UPDATE agent_observation SET envelope = 'y'"))
                .isZero();
        assertThat(run(agent(colleague), "DELETE FROM agent_cosignature")).isZero();
        refused("permission denied", agent(host), "UPDATE agent_receipt SET outcome = 'changed'");
    }

    @Test
    void agentSeesNothingOfItsColleagues() {
        host.receipts(host.receipt(1, "0".repeat(64), null, Ending.rejected(Rejection.UNSIGNED)));
        host.observations(host.health(1, "0.1.0"));
        run(agent(host), COSIGNATURE);
        ground.granted(host);
        assertThat(host.packages(60, 0).json().objects("deliveries")).hasSize(1);

        for (String table : List.of("agent_package", "agent_receipt", "agent_observation", "agent_cosignature")) {
            assertThat(count(agent(host), table)).as(table).isPositive();
            assertThat(count(agent(colleague), table)).as(table).isZero();
        }
    }

    private long count(Caller caller, String table) {
        return scope.within(
                ground.organization().id(),
                caller,
                () -> server.sql("SELECT count(*) FROM " + table)
                        .query(Long.class)
                        .single());
    }

    @Test
    void agentAddsNoKeys() {
        for (String table : List.of("organization_key", "key_manifest", "signing_key")) {
            assertThatThrownBy(() -> run(
                            agent(host),
                            "INSERT INTO %1$s SELECT (jsonb_populate_record(t, jsonb_build_object('version', 99))).* FROM %1$s t LIMIT 1"
                                    .formatted(table)))
                    .as(table)
                    .rootCause()
                    .message()
                    .matches("(?s).*(row-level security|permission denied).*");
        }
    }

    @Test
    void doorIsClosedToTokensThatHaveEndedAndAgentsThatAreNot() {
        Caller before = agent(host);
        ground.owner().post("/agents/" + host.id() + "/revocations", "{'lost': false}");
        refused("no active agent", before, "UPDATE agent SET last_seen_at = now()");

        Caller lost = agent(colleague);
        String of = " WHERE agent_id = '" + colleague.id() + "'";
        beyondTheTriggers(List.of("UPDATE agent SET state = 'lost', ended_at = now(), ended_by = created_by" + of));
        refused("no active agent", lost, "UPDATE agent SET last_seen_at = now()");
        beyondTheTriggers(List.of("UPDATE agent SET state = 'active', ended_at = NULL, ended_by = NULL" + of));

        Caller suspended = agent(colleague);
        beyondTheWalls()
                .sql("UPDATE organization SET state = 'suspended' WHERE organization_id = ?")
                .param(ground.organization().id().value())
                .update();
        String hash = AgentToken.parse(colleague.token()).orElseThrow().hash();
        assertThat(doorkeeper.admitAgent(ground.organization().id(), hash, Origin.SERVER))
                .isInstanceOf(AgentAdmission.Unknown.class);
        refused("no active agent", suspended, "UPDATE agent SET last_seen_at = now()");
    }

    @Test
    void tokenThatWasReplacedOpensNoScope() {
        Caller before = agent(host);
        Host next = host.with(
                host.post("/agent/v1/token", Json.object("v", 1)).json().string("token"));
        assertThat(next.packages(0, 0).status()).isEqualTo(200);

        refused("no active agent", before, "UPDATE agent SET last_seen_at = now()");
    }
}
