package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.ActionType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Claim("E2")
class NuxariAgentTest {
    @TempDir
    private Path home;

    private PlatformServer server;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeEach
    void start() throws Exception {
        home = home.toRealPath();
        server = new PlatformServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int run(String... words) throws IOException {
        said.reset();
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of(
                "--folder",
                home.resolve("agent").toString(),
                "--policy",
                EnrolledAgent.policy(home).path().toString()));
        int owner = EnrolledAgent.policy(home).owner();
        return new NuxariAgent(new PrintStream(said, true, UTF_8), owner, InstantSource.system()).run(all);
    }

    private int enrol(String... more) throws IOException {
        return run(Stream.concat(
                        Stream.of(
                                "enroll",
                                "--server",
                                server.address().toString(),
                                "--token",
                                PlatformServer.ENROLMENT_TOKEN,
                                "--ca",
                                server.authorities().toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private String fingerprint() {
        return server.platform.manifest().fingerprint();
    }

    private String said() {
        return said.toString(UTF_8);
    }

    @Test
    void withoutAPinItShowsTheFingerprintAndEnrolsNothing() throws Exception {
        assertThat(enrol()).isEqualTo(NuxariAgent.REFUSED);
        assertThat(said()).contains(fingerprint());
        assertThat(server.requests).containsExactly("GET keys");
        assertThat(home.resolve("agent").resolve("identity")).doesNotExist();

        assertThat(enrol("--fingerprint", fingerprint())).isEqualTo(NuxariAgent.DONE);
        assertThat(said()).contains(server.agent.toString());
    }

    @Test
    void anotherFingerprintLeavesTheTokenUnused() throws Exception {
        assertThat(enrol("--fingerprint", "0".repeat(64))).isEqualTo(NuxariAgent.REFUSED);
        assertThat(server.requests).containsExactly("GET keys");
    }

    @Test
    void trustedRootIsEnough() throws Exception {
        Path root = Files.writeString(
                home.resolve("root.json"), server.platform.manifest().json().canonical());

        assertThat(enrol("--trusted-root", root.toString())).isEqualTo(NuxariAgent.DONE);
    }

    @Test
    void enrolmentTokenIsOfUseOnce() throws Exception {
        assertThat(enrol("--fingerprint", fingerprint())).isEqualTo(NuxariAgent.DONE);
        assertThat(enrol("--fingerprint", fingerprint())).isEqualTo(NuxariAgent.REFUSED);
        assertThat(said()).contains("--again");
        assertThat(enrol("--fingerprint", fingerprint(), "--again")).isEqualTo(NuxariAgent.REFUSED);
        assertThat(said()).contains("401");
    }

    @Test
    void secretsLieInFilesOfTheAgentAlone() throws Exception {
        enrol("--fingerprint", fingerprint());

        for (String name : List.of("identity", "key", "state")) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(home.resolve("agent").resolve(name))))
                    .as(name)
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("agent"))))
                .isEqualTo("rwx------");
        assertThat(said()).doesNotContain("nxa_");
    }

    @Test
    void serverWithAnotherKeyOrAuthorityIsNotTalkedTo() throws Exception {
        assertThat(enrol("--fingerprint", fingerprint(), "--pin", "AAAA")).isEqualTo(NuxariAgent.UNREACHABLE);
        assertThat(run(
                        "enroll",
                        "--server",
                        server.address().toString(),
                        "--token",
                        PlatformServer.ENROLMENT_TOKEN,
                        "--fingerprint",
                        fingerprint()))
                .isEqualTo(NuxariAgent.UNREACHABLE);
        assertThat(server.requests).isEmpty();
    }

    @Test
    void plainHttpIsRefused() throws Exception {
        assertThat(run("enroll", "--server", "http://localhost:1", "--token", PlatformServer.ENROLMENT_TOKEN))
                .isEqualTo(NuxariAgent.USAGE);
    }

    @Test
    void wordsThatAreNoneAreUsage() throws Exception {
        assertThat(run("dance")).isEqualTo(NuxariAgent.USAGE);
        assertThat(run("run", "--fast", "yes")).isEqualTo(NuxariAgent.USAGE);
        assertThat(run("enroll", "--server")).isEqualTo(NuxariAgent.USAGE);
    }

    @Test
    void statusSaysThatNothingIsThere() throws Exception {
        assertThat(run("status")).isEqualTo(NuxariAgent.REFUSED);
        assertThat(said()).contains("not enrolled");
        assertThat(run("run")).isEqualTo(NuxariAgent.REFUSED);
    }

    @Test
    void runsUntilItIsStopped() throws Exception {
        Path file = Files.writeString(home.resolve("config"), "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        EnrolledAgent.allow(home, """
                {"v":1,"maximumPlanAgeDays":30,"actions":[{"type":"file-mode.set","limits":{}}]}""");
        enrol("--fingerprint", fingerprint());
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Json.Obj plan = server.platform.plan(
                server.agent, ActionType.FILE_MODE_SET, Json.object("path", file.toString(), "mode", 0600), now);
        server.send(server.platform.order(plan, 1, now));

        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                run("run");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        server.awaitReceipt(Duration.ofSeconds(20));
        assertThat(run("run")).as("a second one").isEqualTo(NuxariAgent.REFUSED);
        thread.interrupt();
        assertThat(thread.join(Duration.ofSeconds(20))).isTrue();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(run("status")).as(said()).isEqualTo(NuxariAgent.DONE);
        assertThat(said()).contains("1 kinds of action allowed").contains("up to 1");
    }
}
