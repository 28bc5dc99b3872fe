package dev.nuxari.server.agents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.protocol.VerificationKey;
import dev.nuxari.protocol.agent.Cosignature;
import dev.nuxari.protocol.agent.Receipt.Ending;
import dev.nuxari.protocol.agent.Rejection;
import dev.nuxari.server.agents.AgentGround.Host;
import dev.nuxari.server.audit.LogKeys;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import dev.nuxari.server.workflow.TimerTask;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.NoteSignature;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.VerifierKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What happens between a server and its agents once in a year, and has to be right then. */
@ServerTest
@Claim({"E2", "E4"})
class RareAgentPathsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    TestHttp http;

    @Autowired
    ManualClock clock;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    OrganizationScope scope;

    @Autowired
    AgentDoor door;

    @Autowired
    MessageStore messages;

    @Autowired
    WaitingAgents waiting;

    @Autowired
    List<TimerTask> timers;

    @Autowired
    LogKeys keys;

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

    private Json.Obj workflow(Json.Obj ordered) {
        return ground.owner().get("/workflows/" + ordered.string("workflowId")).json();
    }

    private Caller system() {
        return doorkeeper.admitSystem(ground.organization().id(), "workflow");
    }

    /** What the timer does; it has a clock of its own, which no test advances. */
    private Optional<Instant> drive(Json.Obj ordered) {
        return timers.stream()
                .filter(task -> task.kind().equals("workflow"))
                .findFirst()
                .orElseThrow()
                .run(system(), ordered.string("workflowId"));
    }

    @Test
    @Claim("A3")
    void orderThatNobodyAnswersEndsItsWorkflow() {
        Json.Obj ordered = ground.granted(host);
        assertThat(host.packages(60, 0).json().objects("deliveries")).hasSize(1);
        clock.advance(Duration.ofHours(24).plusMinutes(4));

        assertThat(host.packages(0, 0).json().objects("deliveries")).isEmpty();
        // A receipt may be on its way; it is looked for a last time when it would be too late.
        assertThat(drive(ordered))
                .hasValueSatisfying(next -> assertThat(next)
                        .isBetween(clock.instant(), clock.instant().plusSeconds(60)));
        assertThat(workflow(ordered).string("state")).isEqualTo("running");
        clock.advance(Duration.ofMinutes(2));

        assertThat(drive(ordered)).isEmpty();
        assertThat(workflow(ordered).string("state")).isEqualTo("failed");
        assertThat(ground.owner()
                        .get("/workflows/" + ordered.string("workflowId"))
                        .body())
                .contains("did not answer while its order was good");
    }

    @Test
    void gapInTheReceiptsIsAFindingAndStaysAGap() {
        DsseEnvelope third = host.receipt(3, "0".repeat(64), null, Ending.rejected(Rejection.UNSIGNED));

        assertThat(host.receipts(third).json().integer("taken")).isEqualTo(3);
        assertThat(ground.findings()).containsExactly("high agent.receipts-missing");
        DsseEnvelope second = host.receipt(2, "1".repeat(64), null, Ending.rejected(Rejection.UNSIGNED));
        assertThat(host.receipts(second).json().integer("taken")).isEqualTo(3);
        assertThat(host.shown().objects("receipts")).hasSize(1);
        assertThat(ground.findings()).hasSize(1);
    }

    @Test
    void receiptsInOrderAreNoFinding() {
        host.receipts(host.receipt(1, "0".repeat(64), null, Ending.rejected(Rejection.UNSIGNED)));
        host.receipts(host.receipt(2, "1".repeat(64), null, Ending.rejected(Rejection.UNSIGNED)));

        assertThat(ground.findings()).isEmpty();
    }

    @Test
    @Claim("V2")
    void agentThatIsShownAnotherLogSaysSoLoudly() {
        assertThat(host.observations(host.health(1, "0.1.0", "followed")).status())
                .isEqualTo(200);
        assertThat(ground.findings()).isEmpty();

        assertThat(host.observations(host.health(2, "0.1.0", "refused")).status())
                .isEqualTo(200);
        assertThat(host.observations(host.health(3, "0.1.0", "refused")).status())
                .isEqualTo(200);

        assertThat(ground.findings()).containsExactly("critical agent.log-refused");
    }

    @Test
    @Claim("V2")
    void orderThatWasRejectedForItsLogIsAFinding() {
        for (Rejection reason : new Rejection[] {Rejection.LOG_FORKED, Rejection.LOG_ROLLED_BACK}) {
            Host agent = ground.enrolled();
            agent.receipts(agent.receipt(1, "0".repeat(64), null, Ending.rejected(reason)));
        }

        assertThat(ground.findings()).containsExactly("critical agent.log-refused", "critical agent.log-refused");
    }

    /** Signed by the log's own key, as many entries as there are, and not what the log has. */
    @Test
    @Claim("V2")
    void checkpointOfAForkThatAnAgentCosignedIsAFinding() {
        SignedNote note =
                SignedNote.parse(host.get("/agent/v1/log?seen=0&keys=1").json().string("checkpoint"));
        var real = Checkpoint.parse(note.text());
        String forked = new Checkpoint(real.origin(), real.size(), MerkleHash.EMPTY).text();
        var signer = keys.log(ground.organization().id(), system());
        byte[] bytes = forked.getBytes(UTF_8);
        var key = ((VerificationKey.Ed25519) signer.published().key()).key();
        SignedNote fork = new SignedNote(
                forked, List.of(NoteSignature.of(new VerifierKey(real.origin(), key), signer.sign(bytes))));
        SignedNote cosigned = Cosignature.of(
                        real.origin(), host.id(), host.key().publicKey())
                .sign(fork, host.key(), clock.instant());

        assertThat(host.post("/agent/v1/cosignatures", Json.object("v", 1, "checkpoint", cosigned.encoded()))
                        .problem())
                .isEqualTo("agent-message-refused");
        assertThat(ground.findings()).containsExactly("critical log.forked");
    }

    /** When thousands come back at once, nothing is looked up for the connections that they had before. */
    @Test
    @Claim("E3")
    void whoAsksAgainIsTheOneThatWaits() {
        CompletableFuture<Answer> first = CompletableFuture.supplyAsync(() -> host.packages(60, 0));
        await().atMost(PATIENCE).until(() -> {
            assertThat(host.packages(1, 0).status()).isEqualTo(200);
            return first.isDone();
        });

        assertThat(first.join().status()).isEqualTo(503);
    }

    /**
     * The new request may stand in a queue behind thousands, and the connection of the old one is to be given back before. That it is seen by
     * the key alone shows here in that the token opens nothing.
     */
    @Test
    @Claim("E3")
    void whoHasTheKeyEndsTheirRequestBeforeTheyAreLetIn() {
        var place = waiting.take(client()).orElseThrow();
        String unknown = AgentToken.random(ground.organization().id()).text();

        assertThat(host.with(unknown).packages(0, 0).status()).isEqualTo(401);

        assertThat(place.await(Duration.ZERO)).isEqualTo(WaitingAgents.Ended.NOBODY_WAITS);
        place.close();
    }

    @Test
    @Claim("E3")
    void whoWaitsIsToldWhenTheServerStops() {
        var stopping = new WaitingAgents(door, scope, messages, clock);
        stopping.start();
        var place = stopping.take(client()).orElseThrow();

        stopping.stop();

        assertThat(place.await(PATIENCE)).isEqualTo(WaitingAgents.Ended.NOBODY_WAITS);
        assertThat(stopping.take(client())).isEmpty();
    }

    /** Those beyond what the heap holds are sent away, and still get what is there for them. */
    @Test
    @Claim("E3")
    void asManyWaitAsTheHeapHolds() {
        assertThat(WaitingAgents.placesIn(384L << 20)).isBetween(1_000, 2_000);
        assertThat(WaitingAgents.placesIn(1500L << 20)).isBetween(10_000, 15_000);
        assertThat(WaitingAgents.placesIn(16L << 30)).isEqualTo(20_000);
        var small = new WaitingAgents(door, scope, messages, clock, new WaitingAgents.Limits(1, Duration.ofSeconds(5)));
        small.start();
        try {
            var place = small.take(client()).orElseThrow();
            assertThat(small.take(client())).isEmpty();
            place.close();
            assertThat(small.take(client())).isPresent();
        } finally {
            small.stop();
        }
    }

    @Test
    @Claim("E3")
    void whoCannotWaitStillGetsWhatIsThere() {
        AgentClient somebody = client();
        List<WaitingAgents.Place> places = new ArrayList<>();
        try {
            Optional<WaitingAgents.Place> place = waiting.take(somebodyElse(somebody));
            while (place.isPresent()) {
                places.add(place.get());
                place = waiting.take(somebodyElse(somebody));
            }
            assertThat(host.packages(60, 0).status()).isEqualTo(503);
            ground.granted(host);

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(host.packages(60, 0).body()).contains("\"inclusionProof\""));
        } finally {
            places.forEach(WaitingAgents.Place::close);
        }
    }

    private static AgentClient somebodyElse(AgentClient client) {
        return new AgentClient(new AgentId(UUID.randomUUID()), client.key(), client.caller());
    }

    private AgentClient client() {
        return ground.client(doorkeeper, host);
    }

    /** By the server's clock: the agent's may stand still. */
    @Test
    void oldTokenIsToBeReplacedUntilItsSuccessorIsInUse() {
        assertThat(rotates(host)).isFalse();
        clock.advance(Duration.ofDays(29));
        assertThat(rotates(host)).isFalse();
        clock.advance(Duration.ofDays(1));

        assertThat(rotates(host)).isTrue();
        Host next = host.with(
                host.post("/agent/v1/token", Json.object("v", 1)).json().string("token"));
        // The answer may have been lost: both are good, and the old one is still to be replaced.
        assertThat(rotates(host)).isTrue();
        assertThat(rotates(next)).isFalse();
        assertThat(host.packages(0, 0).status()).isEqualTo(401);
        assertThat(rotates(next)).isFalse();
        assertThat(ground.findings()).isEmpty();
    }

    /** Here no folder of packs is named; what lies in one is the matter of {@link PosturePacksTest}. */
    @Test
    @Claim("E5")
    void agentsMayAskForPosturePacks() {
        assertThat(host.get("/agent/v1/posture-pack?name=linux-posture&above=1").body())
                .isEqualTo("{\"pack\":null,\"v\":1}");
        assertThat(host.get("/agent/v1/posture-pack?name=../x&above=1").status())
                .isEqualTo(400);
        assertThat(http.anonymous()
                        .get("/agent/v1/posture-pack?name=linux-posture&above=1")
                        .status())
                .isEqualTo(401);
    }

    private static boolean rotates(Host host) {
        Answer answer = host.packages(0, 0);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().bool("rotateToken");
    }
}
