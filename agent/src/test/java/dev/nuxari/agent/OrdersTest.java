package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.agent.action.Action;
import dev.nuxari.agent.action.Actions;
import dev.nuxari.agent.action.Sight;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.protocol.agent.ActionPackage;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.LogJudgement;
import dev.nuxari.protocol.agent.PlatformInHand;
import dev.nuxari.protocol.agent.Receipt;
import dev.nuxari.protocol.agent.Receipt.Ending;
import dev.nuxari.protocol.agent.Receipt.Failure;
import dev.nuxari.protocol.agent.Receipt.Outcome;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import dev.nuxari.transparency.Ed25519PrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Claim("E4")
class OrdersTest {
    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00.000Z");
    private static final UUID AGENT = UuidV7.at(PlatformInHand.FOUNDED);
    private static final int WANTED = 0640;

    private final PlatformInHand platform = new PlatformInHand();
    private final Ed25519PrivateKey key = Ed25519PrivateKey.generate(new SecureRandom());
    private final ModeInMemory mode = new ModeInMemory();

    @TempDir
    private Path home;

    private AgentFolder folder;
    private Ledger ledger;
    private Orders orders;

    /** A file's mode that is nowhere but here, and does what a test says. */
    private static final class ModeInMemory implements Action {
        private int value = 0666;
        private int times;
        private boolean present = true;
        private boolean undoable;
        private Optional<Failure> failure = Optional.empty();
        private Runnable deed = () -> value = WANTED;

        @Override
        public ActionType type() {
            return ActionType.FILE_MODE_SET;
        }

        @Override
        public Sight look(Json.Obj parameters) {
            return present
                    ? new Sight.Seen(
                            value == parameters.integer("mode"),
                            Summary.of(SummaryKind.FILE_MODE, "present", true, "mode", value))
                    : new Sight.Unseen(Failure.NOT_FOUND);
        }

        @Override
        public Optional<Failure> perform(Json.Obj parameters) {
            times++;
            deed.run();
            return failure;
        }

        @Override
        public boolean undo(Json.Obj parameters, Summary before) {
            if (undoable) {
                value = (int) before.values().integer("mode");
            }
            return undoable;
        }
    }

    @BeforeEach
    void prepare() throws IOException {
        EnrolledAgent.allow(home, """
                {"v":1,"maximumPlanAgeDays":30,"actions":[{"type":"file-mode.set","limits":{}}]}""");
        folder = AgentFolder.at(home.resolve("agent"));
        folder.state()
                .write(Memory.first(platform.organization(), AGENT, platform.manifest(), platform.checkpoint())
                        .json());
        open();
    }

    private void open() throws IOException {
        ledger = Ledger.open(folder, NOW);
        InstantSource clock = InstantSource.fixed(NOW);
        orders = new Orders(ledger, new Actions(List.of(mode)), EnrolledAgent.policy(home), key, clock);
    }

    private ActionPackage order(long sequence) {
        Json.Obj plan = platform.plan(
                AGENT, ActionType.FILE_MODE_SET, Json.object("path", "/srv/app/config", "mode", WANTED), NOW);
        return platform.order(plan, sequence, NOW);
    }

    private void handle(ActionPackage order) throws IOException {
        LogJudgement log = LogJudgement.judge(
                platform.manifest(), Optional.empty(), platform.checkpoint().encoded(), List.of());
        orders.handle(platform.deliver(order), log);
    }

    private List<Ending> endings() {
        return ledger.memory().waiting().stream()
                .map(envelope -> Receipt.parse(Json.parseObject(new String(envelope.payloadBytes(), UTF_8))))
                .map(Receipt::ending)
                .toList();
    }

    private void assertEnded(Outcome outcome, String reason) {
        Ending ending = endings().getLast();
        assertThat(ending.outcome()).isEqualTo(outcome);
        assertThat(ending.reason().orElse("")).isEqualTo(reason);
        assertThat(ledger.memory().running()).isEmpty();
    }

    @Test
    void whatIsSoAlreadyIsNotDone() throws IOException {
        mode.value = WANTED;

        handle(order(1));

        assertThat(mode.times).isZero();
        assertEnded(Outcome.UNCHANGED, "");
    }

    @Test
    void whatIsNotThereFailsAndMayComeAgain() throws IOException {
        mode.present = false;
        ActionPackage order = order(1);
        handle(order);
        assertEnded(Outcome.FAILED, "not-found");

        mode.present = true;
        handle(platform.order(order.plan(), 2, NOW));
        assertEnded(Outcome.CHANGED, "");
    }

    @Test
    void whatTheHostRefusesFailsAndMayComeAgain() throws IOException {
        mode.deed = () -> {};
        mode.failure = Optional.of(Failure.REFUSED_BY_HOST);
        ActionPackage order = order(1);
        handle(order);
        assertEnded(Outcome.FAILED, "refused-by-host");

        mode.deed = () -> mode.value = WANTED;
        mode.failure = Optional.empty();
        handle(platform.order(order.plan(), 2, NOW));
        assertEnded(Outcome.CHANGED, "");
    }

    @Test
    void halfOfADeedIsUndone() throws IOException {
        mode.deed = () -> mode.value = 0;
        mode.undoable = true;

        handle(order(1));

        assertEnded(Outcome.FAILED, "undone");
        assertThat(mode.value).isEqualTo(0666);
    }

    @Test
    void halfOfADeedThatCannotBeUndoneIsSaid() throws IOException {
        mode.deed = () -> mode.value = 0;

        handle(order(1));

        assertEnded(Outcome.FAILED, "unexpected-state");
        assertThat(endings().getLast().after().orElseThrow().values().integer("mode"))
                .isZero();
    }

    @Test
    void deedThatBreaksOffIsLookedAtAndNotDoneAgain() throws IOException {
        mode.deed = () -> {
            throw new IllegalStateException("in the middle");
        };
        ActionPackage order = order(1);
        assertThatThrownBy(() -> handle(order)).isInstanceOf(IllegalStateException.class);
        open();
        orders.recover();
        assertEnded(Outcome.INTERRUPTED, "");

        mode.deed = () -> mode.value = WANTED;
        handle(platform.order(order.plan(), 2, NOW));
        assertEnded(Outcome.REJECTED, "step-done");
        assertThat(mode.times).isOne();
    }

    @Test
    void deedWhoseResultWasLostIsResolvedByLooking() throws IOException {
        mode.deed = () -> {
            mode.value = WANTED;
            throw new IllegalStateException("after it");
        };
        assertThatThrownBy(() -> handle(order(1))).isInstanceOf(IllegalStateException.class);
        open();
        orders.recover();

        assertEnded(Outcome.RESOLVED_BY_OBSERVATION, "");
        assertThat(endings().getLast().before().orElseThrow().values().integer("mode"))
                .isEqualTo(0666);
    }

    @Test
    void nothingIsDoneThatCannotBeWrittenDown() throws IOException {
        Files.createDirectory(folder.path().resolve("state.new"));
        Files.createFile(folder.path().resolve("state.new").resolve("in-the-way"));

        assertThatThrownBy(() -> handle(order(1))).isInstanceOf(IOException.class);

        assertThat(mode.times).isZero();
        assertThat(ledger.memory().sequence()).isZero();
    }

    @Test
    void forgottenStepsAreCoveredByTheAgeOfTheirPlans() throws IOException {
        Memory memory = ledger.memory();
        Json.Obj[] steps = new Json.Obj[Memory.MOST_STEPS];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = Json.object("ref", "step " + i, "createdAt", NOW.minusSeconds(steps.length - i));
        }
        Memory full = Memory.parse(memory.json().with("steps", List.of(steps)));

        Memory more = full.countingDone(order(1));

        assertThat(more.remembered().stepsDone()).hasSize(Memory.MOST_STEPS).doesNotContain("step 0");
        assertThat(more.remembered().planMark()).isEqualTo(NOW.minusSeconds(steps.length));
    }
}
