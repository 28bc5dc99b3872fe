package dev.nuxari.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.agent.action.Actions;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.ActionPackage;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.AgentKey;
import dev.nuxari.protocol.agent.Cosignature;
import dev.nuxari.protocol.agent.PlatformInHand;
import dev.nuxari.protocol.agent.Receipt.Ending;
import dev.nuxari.protocol.agent.Receipt.Outcome;
import dev.nuxari.protocol.agent.Rejection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Claim({"E3", "E4"})
class AgentLoopTest {
    private final Actions actions = Actions.ofThisHost();

    @TempDir
    private Path home;

    private PlatformServer server;
    private EnrolledAgent agent;
    private Path file;
    private Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final InstantSource clock = () -> now;

    @BeforeEach
    void enrol() throws Exception {
        home = home.toRealPath();
        file = Files.writeString(Files.createDirectory(home.resolve("app")).resolve("config"), "secret");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        EnrolledAgent.allow(home, """
                {"v":1,"maximumPlanAgeDays":30,"actions":[{"type":"file-mode.set","limits":{"path":{"below":["%s"]}}}]}
                """.formatted(home.resolve("app")));
        server = new PlatformServer();
        server.clock = clock::instant;
        agent = EnrolledAgent.enrol(home, server, actions, clock);
    }

    @AfterEach
    void stop() {
        agent.close();
        server.close();
    }

    private void restart() throws IOException {
        agent.close();
        agent = EnrolledAgent.start(home, actions, clock);
    }

    private Json.Obj plan(long mode) {
        return server.platform.plan(
                server.agent, ActionType.FILE_MODE_SET, Json.object("path", file.toString(), "mode", mode), now);
    }

    private ActionPackage send(long mode, long sequence) {
        ActionPackage order = server.platform.order(plan(mode), sequence, now);
        server.send(order);
        return order;
    }

    private String mode() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private List<Outcome> outcomes() {
        return server.endings().stream().map(Ending::outcome).toList();
    }

    private List<String> reasons() {
        return server.endings().stream()
                .flatMap(ending -> ending.reason().stream())
                .toList();
    }

    @Test
    void whatWasApprovedIsDoneAndReported() throws Exception {
        ActionPackage order = send(0640, 1);

        agent.turn();

        assertThat(mode()).isEqualTo("rw-r-----");
        assertThat(outcomes()).containsExactly(Outcome.CHANGED);
        Ending ending = server.endings().getFirst();
        assertThat(ending.before().orElseThrow().values().integer("mode")).isEqualTo(0666);
        assertThat(ending.after().orElseThrow().values().integer("mode")).isEqualTo(0640);
        assertThat(Objects.requireNonNull(server.receipts.get(1L)).packageId()).contains(order.packageId());
    }

    @Test
    void ordersAreCarriedOutInTheirSequence() throws Exception {
        send(0640, 1);
        send(0600, 2);
        send(0600, 3);

        agent.turn();

        assertThat(mode()).isEqualTo("rw-------");
        assertThat(outcomes()).containsExactly(Outcome.CHANGED, Outcome.CHANGED, Outcome.UNCHANGED);
    }

    @Test
    void replayIsRejectedAfterRestart() throws Exception {
        ActionPackage order = send(0640, 1);
        agent.turn();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        restart();
        server.send(order);

        agent.turn();

        assertThat(mode()).isEqualTo("rw-rw-rw-");
        assertThat(reasons()).containsExactly("replayed");
    }

    @Test
    void sequenceOfARestoredServerIsRejectedAndToldWhereToGoOn() throws Exception {
        send(0640, 5);
        agent.turn();
        restart();
        send(0600, 3);

        agent.turn();

        assertThat(mode()).isEqualTo("rw-r-----");
        assertThat(reasons()).containsExactly("sequence-rolled-back");
        assertThat(server.requests).anyMatch(request -> request.contains("after=5"));
    }

    @Test
    void sameStepSignedAnewIsRejectedAfterRestart() throws Exception {
        ActionPackage order = send(0640, 1);
        agent.turn();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        restart();
        server.send(server.platform.order(order.plan(), 2, now));

        agent.turn();

        assertThat(mode()).isEqualTo("rw-rw-rw-");
        assertThat(reasons()).containsExactly("step-done");
    }

    @Test
    void rejectionIsReportedOnceAndTakesNothing() throws Exception {
        ActionPackage order = server.platform.order(plan(0640), 1, now.plus(Duration.ofMinutes(5)));
        for (int i = 0; i < 2; i++) {
            server.send(order);
            agent.turn();
        }
        assertThat(reasons()).containsExactly("too-early");

        now = now.plus(Duration.ofMinutes(6));
        agent.turn();

        assertThat(outcomes()).containsExactly(Outcome.REJECTED, Outcome.CHANGED);
    }

    @Test
    void weeksWithoutConnectionChangeNothing() throws Exception {
        agent.turn();
        for (int i = 0; i < 500; i++) {
            server.platform.append(Json.object("sequence", server.platform.size()));
        }
        now = now.plus(Duration.ofDays(45));
        send(0640, 1);

        agent.turn();

        assertThat(outcomes()).containsExactly(Outcome.CHANGED);
    }

    @Test
    void receiptWhoseAnswerIsLostIsTheSameAgain() throws Exception {
        send(0640, 1);
        server.losesReceiptAnswers = true;
        assertThatThrownBy(agent::turn).isInstanceOf(IOException.class);
        restart();
        server.losesReceiptAnswers = false;

        agent.turn();

        assertThat(outcomes()).containsExactly(Outcome.CHANGED);
        assertThat(agent.ledger.memory().waiting()).isEmpty();
    }

    /** Else one of them would keep the agent from ever asking for orders, or for its revocation. */
    @ParameterizedTest
    @ValueSource(ints = {409, 413, 422})
    void observationsThatAreNeverTakenDoNotKeepOrdersAway(int status) throws Exception {
        server.refusesObservations = status;
        send(0640, 1);

        agent.turn();

        assertThat(outcomes()).containsExactly(Outcome.CHANGED);
        server.refusesObservations = 0;
        agent.turn();
        assertThat(server.observations).as("dropped").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "18446744073709551615", "99999999999", "soon", ""})
    void serverThatIsCrowdedIsAskedAgainWithTheSame(String retryAfter) throws Exception {
        server.refusesObservations = 503;
        server.retryAfter = retryAfter;

        assertThatThrownBy(() -> agent.turn())
                .isInstanceOfSatisfying(
                        Server.SaidNo.class,
                        refused -> assertThat(refused.retryAfter()).isBetween(Duration.ZERO, Duration.ofHours(1)));
        server.refusesObservations = 0;
        agent.turn();
        assertThat(server.observations).hasSize(1);
    }

    @Test
    @Claim("E2")
    void tokenIsReplacedWithOverlap() throws Exception {
        server.rotateToken = true;
        agent.turn();
        agent.turn();
        restart();
        agent.turn();

        assertThat(server.requests).filteredOn("POST token"::equals).hasSize(1);
        Identity identity = Identity.parse(agent.folder.require(agent.folder.identity(), now));
        assertThat(identity.token()).isEqualTo("nxa_token2");
        assertThat(identity.nextToken()).isEmpty();
    }

    @Test
    @Claim("E2")
    void revokedAgentActsOnNothing() throws Exception {
        send(0640, 1);
        server.revoke();

        assertThatThrownBy(agent::turn).isInstanceOf(Server.SaidNo.class);
        assertThat(mode()).isEqualTo("rw-rw-rw-");
    }

    @Test
    @Claim("E2")
    void hostWithAWrongClockIsGivenANonce() throws Exception {
        now = now.minus(Duration.ofDays(400));
        server.clock = Instant::now;
        server.demandedNonce = Optional.of("say-this");

        agent.turn();

        assertThat(server.observations).hasSize(1);
    }

    @Test
    @Claim("V2")
    void logIsCosignedAsItGrows() throws Exception {
        agent.turn();
        server.platform.append(Json.object("sequence", 1));
        agent.turn();
        now = now.plusSeconds(60);
        agent.turn();
        agent.turn();

        AgentKey key = Objects.requireNonNull(server.agentKey);
        Cosignature witness = Cosignature.of(server.platform.origin(), server.agent, key.key());
        assertThat(server.cosignatures)
                .hasSize(2)
                .allMatch(note -> witness.verify(note).isPresent());
        assertThat(server.cosignatures.getLast().text())
                .isEqualTo(server.platform.head().text());
    }

    @Test
    @Claim("V2")
    void forkIsNeverCosignedAndStopsTheAgentForGood() throws Exception {
        send(0640, 1);
        agent.turn();
        PlatformInHand honest = server.platform;
        PlatformInHand fork = honest.restoredTo(1);
        fork.append(Json.object("sequence", 1, "history", "another"));
        server.platform = fork;
        int cosigned = server.cosignatures.size();
        now = now.plusSeconds(90);

        assertThatThrownBy(agent::turn).isInstanceOf(IOException.class);

        assertThat(server.cosignatures).hasSize(cosigned);
        assertThat(agent.alarm().string("reason")).isEqualTo("log-forked");
        assertThat(agent.alarm().string("kept")).isEqualTo(honest.checkpoint().encoded());
        assertThat(agent.alarm().string("shown")).isEqualTo(fork.checkpoint().encoded());

        restart();
        server.platform = honest;
        send(0600, 2);
        assertThatThrownBy(agent::turn).isInstanceOf(IOException.class);
        assertThat(mode()).as("also when it is honest again").isEqualTo("rw-r-----");
        assertThat(reasons()).containsExactly("log-forked");
    }

    @Test
    @Claim("V2")
    void rolledBackLogIsRefusedUntilItContinues() throws Exception {
        agent.turn();
        PlatformInHand before = server.platform.restoredTo(1);
        server.platform.append(Json.object("sequence", 1));
        agent.turn();
        PlatformInHand whole = server.platform;
        server.platform = before;
        int cosigned = server.cosignatures.size();
        now = now.plusSeconds(90);

        assertThatThrownBy(agent::turn).isInstanceOf(IOException.class);
        assertThat(agent.alarm().string("reason")).isEqualTo("log-rolled-back");
        assertThat(server.cosignatures).hasSize(cosigned);

        server.platform = whole;
        send(0640, 1);
        agent.turn();
        assertThat(agent.alarm().has("overAt")).isTrue();
        assertThat(outcomes()).containsExactly(Outcome.CHANGED);
    }

    @Test
    void clockThatFallsBackActsOnNothing() throws Exception {
        send(0640, 1);
        agent.turn();
        now = now.minus(Duration.ofMinutes(10));
        send(0600, 2);

        agent.turn();

        assertThat(reasons()).containsExactly(Rejection.CLOCK_BEHIND.spelled());
        assertThat(mode()).isEqualTo("rw-r-----");
    }

    @Test
    void forwardJumpOfTheClockIsForgottenWhenItIsCorrected() throws Exception {
        send(0640, 1);
        now = now.plus(Duration.ofDays(3650));
        agent.turn();
        assertThat(reasons()).containsExactly("expired");
        now = now.minus(Duration.ofDays(3650));
        send(0640, 2);

        agent.turn();

        assertThat(outcomes()).containsExactly(Outcome.REJECTED, Outcome.CHANGED);
    }

    @Test
    @Claim("E5")
    void nothingThatWasReadOnTheHostIsOnTheWire() throws Exception {
        send(0640, 1);
        agent.turn();

        assertThat(server.bodies).noneMatch(body -> body.contains("secret"));
        assertThat(server.bodies).noneMatch(body -> body.contains(file.toString()));
    }
}
