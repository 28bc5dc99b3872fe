package dev.nuxari.server.agents;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.protocol.EvidenceVerification;
import dev.nuxari.protocol.EvidenceVerifier;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.protocol.agent.ActionPackage;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.Delivery;
import dev.nuxari.protocol.agent.HostPolicy;
import dev.nuxari.protocol.agent.LogJudgement;
import dev.nuxari.protocol.agent.PackageJudgement;
import dev.nuxari.protocol.agent.PackageJudgement.Standpoint;
import dev.nuxari.protocol.agent.Receipt.Ending;
import dev.nuxari.protocol.agent.Receipt.Outcome;
import dev.nuxari.protocol.agent.Rejection;
import dev.nuxari.protocol.agent.Remembered;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import dev.nuxari.server.agents.AgentGround.Host;
import dev.nuxari.server.tenancy.AgentAdmission;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.tenancy.Origin;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From the wish of a person to the signed word of an agent, judged as an agent judges. */
@ServerTest
@Claim({"E3", "E4"})
class PackagesHttpTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    TestHttp http;

    @Autowired
    ManualClock clock;

    @Autowired
    OrganizationScope scope;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    JdbcClient server;

    @SuppressWarnings("NullAway.Init")
    private AgentGround ground;

    @SuppressWarnings("NullAway.Init")
    private Host host;

    @BeforeEach
    void givenAnAgent() {
        ground = new AgentGround(http, clock, TestOrganization.fresh());
        host = ground.enrolled();
    }

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    private static Delivery delivery(Json.Obj answer) {
        Json.Obj first = answer.objects("deliveries").getFirst();
        return new Delivery(first.object("package"), first.strings("inclusionProof"));
    }

    private static ActionPackage order(Delivery delivery) {
        return ActionPackage.parse(Json.parseObject(
                new String(DsseEnvelope.parse((Json.Obj) delivery.envelope()).payloadBytes(), UTF_8)));
    }

    private PackageJudgement judged(Json.Obj answer) {
        KeyManifest keys = KeyManifest.parse(ground.owner()
                .get("/log/" + ground.organization().id() + "/keys")
                .json());
        var log = LogJudgement.judge(keys, Optional.empty(), answer.string("checkpoint"), List.of());
        var remembered = new Remembered(
                ground.organization().id(), host.id(), keys, 0, Instant.EPOCH, Instant.EPOCH, Set.of(), Set.of());
        HostPolicy policy = HostPolicy.parse(
                "{\"v\":1,\"maximumPlanAgeDays\":30,\"actions\":[{\"type\":\"file-mode.set\",\"limits\":{}}]}");
        var standpoint = new Standpoint(remembered, policy, Set.of(ActionType.FILE_MODE_SET));
        return PackageJudgement.judge(delivery(answer), standpoint, log, clock.instant());
    }

    private Ending changed() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new Ending(Outcome.CHANGED, Optional.empty(), mode(420), mode(493), now, now);
    }

    private static Optional<Summary> mode(int mode) {
        return Optional.of(Summary.of(SummaryKind.FILE_MODE, "present", true, "mode", mode, "owner", 0, "group", 0));
    }

    @Test
    @Claim({"A3", "V1"})
    void approvedActionIsSignedDeliveredCarriedOutAndProven() throws Exception {
        CompletableFuture<Answer> waits = CompletableFuture.supplyAsync(() -> host.packages(60, 0));
        Json.Obj ordered = ground.ordered(host);
        ground.approve(ordered, Role.APPROVER);
        assertThat(waits).isNotDone();
        ground.approve(ordered, Role.ADMIN);

        Json.Obj answer = waits.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).json();
        assertThat(judged(answer)).isInstanceOf(PackageJudgement.Taken.class);
        Delivery delivery = delivery(answer);
        UUID packageId = order(delivery).packageId();
        // Repeated until its receipt has come.
        assertThat(host.packages(0, 0).json().objects("deliveries")).hasSize(1);

        DsseEnvelope receipt = host.receipt(1, delivery.hash(), packageId, changed());
        assertThat(host.receipts(receipt).json().integer("taken")).isEqualTo(1);
        assertThat(host.receipts(receipt).json().integer("taken")).isEqualTo(1);
        ground.awaitState(ordered, "completed");

        assertThat(host.packages(0, 0).json().objects("deliveries")).isEmpty();
        assertThat(ground.events()).containsOnlyOnce("agent-package.sign succeeded", "agent-package.execute succeeded");
        assertThat(host.shown().objects("receipts")).hasSize(1);
        proven(ordered);
    }

    private void proven(Json.Obj ordered) {
        String id = ground.owner()
                .get("/workflows/" + ordered.string("workflowId"))
                .json()
                .string("evidencePackageId");
        String file = ground.owner().get("/evidence-packages/" + id + "/export").body();
        assertThat(EvidenceVerifier.verify(file.getBytes(UTF_8), Optional.empty()))
                .isInstanceOf(EvidenceVerification.Verified.class);
        assertThat(file).contains("\"receipt\":{", "\"kind\":\"file-mode\"", "\"operation\":\"perform\"");
    }

    @Test
    void rejectionIsAnEventOfRefusalAndEndsTheWorkflow() {
        Json.Obj ordered = ground.granted(host);
        Delivery delivery = awaited();

        assertThat(host.receipts(host.receipt(
                                1,
                                delivery.hash(),
                                order(delivery).packageId(),
                                Ending.rejected(Rejection.NOT_ALLOWED)))
                        .status())
                .isEqualTo(200);
        ground.awaitState(ordered, "failed");
        assertThat(ground.events()).contains("agent-package.reject refused");
        // Of what nobody has sent it, too: somebody else did.
        String unknown = "0".repeat(64);
        host.receipts(host.receipt(2, unknown, null, Ending.rejected(Rejection.UNSIGNED)));
        assertThat(ground.events().stream().filter("agent-package.reject refused"::equals))
                .hasSize(2);
    }

    private Delivery awaited() {
        Answer answer = host.packages(60, 0);
        assertThat(answer.json().objects("deliveries")).as(answer.body()).hasSize(1);
        return delivery(answer.json());
    }

    @Test
    void receiptNumberWithOtherBytesIsATwin() {
        DsseEnvelope first = host.receipt(1, "0".repeat(64), null, Ending.rejected(Rejection.UNSIGNED));
        DsseEnvelope twin = host.receipt(1, "1".repeat(64), null, Ending.rejected(Rejection.UNSIGNED));

        assertThat(host.receipts(first).status()).isEqualTo(200);
        assertThat(host.receipts(twin).problem()).isEqualTo("receipt-number-reused");
        assertThat(host.receipts(first).status()).isEqualTo(200);
        assertThat(ground.findings()).containsExactly("critical agent.number-reused");
    }

    @Test
    void wordsOfOthersAreNotTaken() {
        Host other = ground.enrolled();
        DsseEnvelope signedByOther = other.receipt(1, "0".repeat(64), null, Ending.rejected(Rejection.UNSIGNED));
        Json.Obj altered = host.receipt(1, "0".repeat(64), null, Ending.rejected(Rejection.UNSIGNED))
                .json()
                .with("payloadType", "application/vnd.nuxari.agent-observations+json");

        assertThat(host.receipts(signedByOther).problem()).isEqualTo("agent-message-refused");
        assertThat(host.post("/agent/v1/receipts", Json.object("v", 1, "receipts", List.of(altered)))
                        .problem())
                .isEqualTo("agent-message-refused");
        assertThat(host.post("/agent/v1/receipts", Json.object("v", 1, "receipts", List.of(), "more", 1))
                        .problem())
                .isEqualTo("agent-message-refused");
        assertThat(host.shown().objects("receipts")).isEmpty();
    }

    @Test
    @Claim("T4")
    void agentOfAnotherOrganizationGetsAndSaysNothingHere() {
        ground.granted(host);
        Delivery delivery = awaited();
        AgentGround elsewhere = new AgentGround(http, clock, TestOrganization.fresh());
        Host foreign = elsewhere.enrolled();
        Host colleague = ground.enrolled();

        assertThat(foreign.packages(0, 0).json().objects("deliveries")).isEmpty();
        assertThat(colleague.packages(0, 0).json().objects("deliveries")).isEmpty();
        foreign.receipts(foreign.receipt(1, delivery.hash(), order(delivery).packageId(), changed()));
        colleague.receipts(colleague.receipt(1, delivery.hash(), order(delivery).packageId(), changed()));
        assertThat(host.packages(0, 0).json().objects("deliveries")).hasSize(1);
        // A receipt that names this organization, by the other's key.
        assertThat(foreign.receipts(host.receipt(2, delivery.hash(), null, changed()))
                        .problem())
                .isEqualTo("agent-message-refused");
        assertThat(elsewhere.owner().get("/agents/" + host.id()).status()).isEqualTo(404);
    }

    @Test
    @Claim({"A3", "T3"})
    void statementByHandMakesNoPackage() {
        ground.granted(host);
        ActionPackage order = order(awaited());
        String insert = """
                INSERT INTO agent_package (organization_id, package_id, agent_id, execution_id, workflow_id, approval_ref, plan_hash,
                                           step, sequence, package_hash, envelope, event_index, created_at, expires_at)
                SELECT e.organization_id, gen_random_uuid(), ?, ?, e.workflow_id, e.approval_ref, e.plan_hash, e.step, 99,
                       repeat('a', 64), '{}', 0, now(), now() + interval '1 hour'
                FROM execution e WHERE e.approval_ref = ?
                """;
        UUID execution = beyondTheWalls()
                .sql("SELECT execution_id FROM execution WHERE approval_ref = ?")
                .param(order.approvalRef())
                .query(UUID.class)
                .single();

        for (Caller caller : List.of(
                doorkeeper.admitSystem(ground.organization().id(), "workflow"),
                ground.organization().caller(doorkeeper, Role.OWNER))) {
            assertThatThrownBy(() -> run(caller, insert, host.id(), execution, order.approvalRef()))
                    .hasMessageContaining("no permit");
            assertThatThrownBy(() -> run(caller, insert, host.id(), UUID.randomUUID(), order.approvalRef()))
                    .hasMessageContaining("no permit");
        }
    }

    @Test
    @Claim({"T3", "T4"})
    void agentsScopeHasItsOwnAndTheLogOnly() {
        Host colleague = ground.enrolled();
        AgentAdmission admission = doorkeeper.admitAgent(ground.organization().id(), hash(host), Origin.SERVER);
        assertThat(admission).isInstanceOf(AgentAdmission.Admitted.class);
        Caller agent = ((AgentAdmission.Admitted) admission).caller();

        for (String table : List.of("member", "agent_enrolment", "idempotency_key")) {
            assertThatThrownBy(() -> count(agent, "SELECT count(*) FROM " + table))
                    .rootCause()
                    .hasMessageContaining("an agent does not open this");
        }
        for (String table : List.of("organization", "audit_event", "evidence_package", "share_link")) {
            assertThat(count(agent, "SELECT count(*) FROM " + table)).as(table).isZero();
        }
        assertThat(count(agent, "SELECT count(*) FROM agent")).isEqualTo(1);
        assertThat(count(agent, "SELECT count(*) FROM agent_token")).isEqualTo(1);
        assertThatThrownBy(() -> run(
                        agent,
                        "UPDATE agent SET state = 'revoked', ended_at = now(), ended_by = created_by WHERE agent_id = ?",
                        host.id()))
                .hasMessageContaining("may not change this agent");
        assertThat(run(agent, "UPDATE agent SET last_seen_at = now() WHERE agent_id = ?", colleague.id()))
                .isZero();
        assertThatThrownBy(() -> run(
                        agent,
                        "INSERT INTO agent_cosignature (organization_id, agent_id, size, signature, at)"
                                + " VALUES (?, ?, 1, 'x', now())",
                        ground.organization().id().value(),
                        colleague.id()))
                .isInstanceOf(org.springframework.dao.DataAccessException.class);
    }

    private static String hash(Host host) {
        return AgentToken.parse(host.token()).orElseThrow().hash();
    }

    private int run(Caller caller, String sql, Object... parameters) {
        return scope.within(
                ground.organization().id(),
                caller,
                () -> server.sql(sql).params(parameters).update());
    }

    private long count(Caller caller, String sql) {
        return scope.within(
                ground.organization().id(),
                caller,
                () -> server.sql(sql).query(Long.class).single());
    }

    @Test
    void observationsAreTheLastOfEachSource() {
        DsseEnvelope first = host.health(1, "0.1.0");

        assertThat(host.observations(first).json().integer("taken")).isEqualTo(1);
        assertThat(host.observations(host.health(4, "0.2.0")).json().integer("taken"))
                .isEqualTo(4);
        assertThat(host.observations(first).json().integer("taken")).isEqualTo(4);
        assertThat(host.observations(host.health(4, "0.3.0")).problem()).isEqualTo("receipt-number-reused");
        Json.Obj shown = host.shown();
        assertThat(shown.objects("observations")).hasSize(1);
        assertThat(shown.object("agent").object("host").string("version")).isEqualTo("0.2.0");
    }
}
