package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.Receipt.Ending;
import dev.nuxari.protocol.agent.Receipt.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent as hosts get it: with its own Java, which has only the parts that it needs. */
@Claim("E4")
class AgentImageTest {
    private static final long MEGABYTE = 1_000_000;

    @TempDir
    private static Path built;

    @TempDir
    private Path home;

    @BeforeAll
    static void build() throws Exception {
        Packaging.assumePossible();
        Process copying = Packaging.start(
                "cp", "-a", Packaging.image().toString(), built.resolve("image").toString());
        assertThat(copying.waitFor()).isZero();
        assertThat(Packaging.start(built.resolve("image/train").toString()).waitFor())
                .isZero();
    }

    private Process agent(String... words) throws IOException {
        List<String> command = Stream.of(
                        Stream.of(built.resolve("image/nuxari-agent").toString()),
                        Stream.of(words),
                        Stream.of(
                                "--folder",
                                home.resolve("agent").toString(),
                                "--policy",
                                EnrolledAgent.policy(home).path().toString()))
                .flatMap(part -> part)
                .toList();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("said").toFile())
                .start();
    }

    private void enrol(PlatformServer server) throws Exception {
        Process enrolling = agent(server.enrolment());
        assertThat(enrolling.waitFor())
                .as(Files.readString(home.resolve("said")))
                .isZero();
    }

    /** What is missing from the image, or from the jar, shows when the whole protocol runs. */
    @Test
    void imageEnrolsAndCarriesOutAnOrder() throws Exception {
        assumeTrue(PolicyFile.ROOT == EnrolledAgent.policy(home).owner(), "only root's policy is believed");
        home = home.toRealPath();
        Path file = Files.writeString(home.resolve("config"), "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        EnrolledAgent.allow(home, """
                {"v":1,"maximumPlanAgeDays":30,"actions":[{"type":"file-mode.set","limits":{}}]}""");
        try (PlatformServer server = new PlatformServer()) {
            enrol(server);
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            Json.Obj plan = server.platform.plan(
                    server.agent, ActionType.FILE_MODE_SET, Json.object("path", file.toString(), "mode", 0600), now);
            server.send(server.platform.order(plan, 1, now));
            Process agent = agent("run");
            try {
                server.awaitReceipt(Duration.ofSeconds(30));

                assertThat(server.endings()).extracting(Ending::outcome).containsExactly(Outcome.CHANGED);
                assertThat(SocketTables.of(agent).openAndOwn()).isEmpty();
            } finally {
                agent.destroy();
                agent.waitFor(20, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void imageIsSmallerThan75Megabytes() throws IOException {
        try (Stream<Path> files = Files.walk(built.resolve("image"))) {
            long size = files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
            assertThat(size).isLessThan(75 * MEGABYTE);
        }
    }

    /** Beside other work: it would be a few seconds without the cache and the flags, and nobody would see why. */
    @Test
    void startUpCacheIsUsed() throws Exception {
        String flags = Files.readString(built.resolve("image/java.flags"), UTF_8);
        assertThat(flags).contains("-XX:+DisableAttachMechanism");
        Process java = new ProcessBuilder(
                        built.resolve("image/bin/java").toString(),
                        "@" + built.resolve("image/java.flags"),
                        "-XX:AOTMode=on", // ends when the cache cannot be used
                        "-XX:AOTCache=" + built.resolve("image/agent.aot"),
                        "-cp",
                        built.resolve("image/agent.jar").toString(),
                        NuxariAgent.class.getName(),
                        "help")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(java.getInputStream().readAllBytes(), UTF_8)).contains("nuxari agent enroll");
        assertThat(java.waitFor()).isZero();
    }
}
