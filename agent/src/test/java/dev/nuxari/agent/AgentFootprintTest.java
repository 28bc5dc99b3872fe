package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What the agent costs its host, on a machine that has nothing else to do: {@code -Dnuxari.agent.footprint=<minutes>}. */
@EnabledIfSystemProperty(named = "nuxari.agent.footprint", matches = "[0-9]+")
class AgentFootprintTest {
    private static final int STARTS = 10;
    private static final Duration POLL = Duration.ofSeconds(50);

    @TempDir
    private Path home;

    private volatile boolean holding;

    private Process agent(String... words) throws IOException {
        return new ProcessBuilder(Stream.concat(
                                Stream.of(home.resolve("image/nuxari-agent").toString()),
                                Stream.concat(
                                        Stream.of(words),
                                        Stream.of(
                                                "--folder",
                                                home.resolve("agent").toString())))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("said").toFile())
                .start();
    }

    /** An answer waits as long as it does at the real server. */
    private Instant clock() {
        Instant now = Instant.now();
        try {
            if (holding) {
                Thread.sleep(POLL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return now;
    }

    @Test
    void measure() throws Exception {
        Packaging.assumePossible();
        Packaging.run("image", home.resolve("image").toString());
        Packaging.start(home.resolve("image/train").toString()).waitFor();
        try (PlatformServer server = new PlatformServer()) {
            server.clock = this::clock;
            enrol(server);
            List<Long> starts = new ArrayList<>();
            for (int i = 0; i < STARTS; i++) {
                starts.add(start(server));
            }
            starts.sort(null);
            System.out.printf("start to first request, ms: %s%n", starts);
            idle();
        }
    }

    private void enrol(PlatformServer server) throws Exception {
        Process enrolling = agent(server.enrolment());
        assertThat(enrolling.waitFor())
                .as(Files.readString(home.resolve("said")))
                .isZero();
    }

    private long start(PlatformServer server) throws Exception {
        int before = server.requests.size();
        long begin = System.nanoTime();
        Process agent = agent("run");
        while (server.requests.size() == before && agent.isAlive()) {
            Thread.sleep(1);
        }
        long took = (System.nanoTime() - begin) / 1_000_000;
        agent.destroy();
        agent.waitFor();
        return took;
    }

    private void idle() throws Exception {
        Process agent = agent("run");
        Thread.sleep(Duration.ofSeconds(10));
        holding = true;
        Thread.sleep(Duration.ofSeconds(20));
        Duration before = agent.info().totalCpuDuration().orElseThrow();
        Duration minutes = Duration.ofMinutes(Integer.getInteger("nuxari.agent.footprint"));
        Thread.sleep(minutes);
        Duration used = agent.info().totalCpuDuration().orElseThrow().minus(before);
        String status = Files.readString(Path.of("/proc", Long.toString(agent.pid()), "status"), UTF_8);
        System.out.printf("idle for %s: %d ms of a core%n", minutes, used.toMillis());
        status.lines()
                .filter(line -> line.startsWith("VmRSS") || line.startsWith("Rss") || line.startsWith("Threads"))
                .forEach(System.out::println);
        agent.destroy();
        agent.waitFor();
    }
}
