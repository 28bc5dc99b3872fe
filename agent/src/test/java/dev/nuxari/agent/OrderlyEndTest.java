package dev.nuxari.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.agent.action.Action;
import dev.nuxari.agent.action.Actions;
import dev.nuxari.agent.action.HostRoot;
import dev.nuxari.agent.evidence.EvidenceVault;
import dev.nuxari.agent.observe.Collector;
import dev.nuxari.agent.observe.HostFiles;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.Receipt.Ending;
import dev.nuxari.protocol.agent.Receipt.Outcome;
import dev.nuxari.protocol.agent.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As systemd ends a service: SIGTERM, and nothing else for two minutes. */
@Claim("E4")
class OrderlyEndTest {
    /** What Java says when it was ended by this signal. */
    private static final int TERMINATED = 143;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path home;

    private PlatformServer server;

    @SuppressWarnings("NullAway.Init")
    private Process process;

    @BeforeEach
    void enrol() throws Exception {
        home = home.toRealPath();
        Files.createDirectory(home.resolve("app"));
        EnrolledAgent.allow(home, """
                {"v":1,"maximumPlanAgeDays":30,"actions":[{"type":"file-mode.set","limits":{}}]}""");
        server = new PlatformServer();
        EnrolledAgent.enrol(home, server, actions(), InstantSource.system()).close();
    }

    private Actions actions() {
        return new Actions(List.of(SlowAgent.action(home)));
    }

    private void start() throws IOException {
        process = OtherProcess.of(SlowAgent.class, home)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("said").toFile())
                .start();
    }

    @AfterEach
    void stop() throws Exception {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
        server.close();
    }

    private String said() throws IOException {
        return Files.readString(home.resolve("said"));
    }

    private void await(BooleanSupplier condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(said()).isLessThan(deadline);
            assertThat(process.waitFor(20, TimeUnit.MILLISECONDS)).as(said()).isFalse();
        }
    }

    /** SIGTERM; how long it takes from there. */
    private Duration ended() throws Exception {
        long begin = System.nanoTime();
        process.destroy();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(said())
                .isTrue();
        assertThat(process.exitValue()).as(said()).isEqualTo(TERMINATED);
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private List<String> requests() {
        List<String> requests = new ArrayList<>();
        server.between(() -> requests.addAll(server.requests));
        return requests;
    }

    private Memory memory() throws IOException {
        AgentFolder folder = new AgentFolder(home.resolve("agent"));
        return Memory.parse(folder.require(folder.state(), Instant.now()));
    }

    @Test
    void whatHasBegunEndsAndIsWrittenDownBeforeTheProcessIsGone() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        for (int number = 1; number <= 2; number++) {
            String file = home.resolve("app").resolve("file-" + number).toString();
            Json.Obj plan = server.platform.plan(
                    server.agent, ActionType.FILE_MODE_SET, Json.object("path", file, "mode", 0), now);
            server.send(server.platform.order(plan, number, now));
        }
        start();
        await(() -> Files.exists(home.resolve("waits")));
        List<String> before = requests();

        ended();

        assertThat(home.resolve("app/file-1")).as(said()).exists();
        assertThat(home.resolve("app/file-2")).as("nothing else is begun").doesNotExist();
        assertThat(memory().running()).isEmpty();
        assertThat(memory().waiting()).as("the receipt").hasSize(1);
        assertThat(requests()).as("nothing is asked any more").isEqualTo(before);

        try (EnrolledAgent agent = EnrolledAgent.start(home, actions(), InstantSource.system())) {
            agent.turn();
        }
        assertThat(server.endings()).extracting(Ending::outcome).containsExactly(Outcome.CHANGED, Outcome.CHANGED);
        assertThat(Files.readAllLines(home.resolve("begun"))).containsExactly("file-1", "file-2");
    }

    @Test
    void whatWaitsIsGivenUpAtOnce() throws Exception {
        server.holding = true;
        start();
        await(() -> requests().stream().anyMatch(request -> request.startsWith("GET packages")));

        assertThat(ended()).as("the server would have answered in a minute").isLessThan(Duration.ofSeconds(5));
        assertThat(said()).as("that is no failure").doesNotContain("No turn");
    }

    /** A pipe in somebody's home, for example. */
    @Test
    void lookThatDoesNotEndIsGivenUpToo() throws Exception {
        Stop stop = new Stop();
        CountDownLatch looks = new CountDownLatch(1);
        CountDownLatch ends = new CountDownLatch(1);
        Watch watch = new Watch(
                new HostRoot(home),
                EnrolledAgent.policy(home).owner(),
                List.of(new Staring(looks, ends)),
                new EvidenceSafe(new AgentFolder(home.resolve("agent")))
                        .vault(EvidenceVault.Limits.USUAL, Instant.now()));
        Thread.ofVirtual().start(() -> {
            try {
                looks.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            stop.want();
        });

        assertThatThrownBy(() -> watch.next(Instant.now(), stop)).isInstanceOf(Stop.GivenUp.class);
        ends.countDown();
    }

    private record Staring(CountDownLatch looks, CountDownLatch ends) implements Collector {
        @Override
        public String source() {
            return "staring";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public Duration every() {
            return Duration.ofHours(1);
        }

        @Override
        public List<Summary> look(HostFiles files, Instant now) throws IOException {
            looks.countDown();
            try {
                ends.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("nothing was seen");
        }
    }

    @Test
    void itIsWaitedForActionsAndNotLongerThanTheUnitGives() throws Exception {
        Duration unit = Files.readAllLines(Packaging.FOLDER.resolve("nuxari-agent.service")).stream()
                .filter(line -> line.startsWith("TimeoutStopSec="))
                .map(line -> Duration.ofSeconds(Long.parseLong(line.substring(line.indexOf('=') + 1))))
                .findFirst()
                .orElseThrow();

        assertThat(OrderlyEnd.LONGEST).isBetween(Duration.ofSeconds(Action.LONGEST_SECONDS), unit.minusSeconds(2));
    }
}
