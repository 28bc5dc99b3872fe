package dev.nuxari.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.Receipt.Ending;
import dev.nuxari.protocol.agent.Receipt.Outcome;
import dev.nuxari.protocol.release.Release;
import dev.nuxari.protocol.release.VendorInHand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program, its real launcher and a real server: from one version to the next, and back. */
@Claim("E4")
class SelfUpdateTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final VendorInHand vendor = new VendorInHand();
    private final List<Release> published = new ArrayList<>();

    @TempDir
    private Path home = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private PlatformServer server;

    @SuppressWarnings("NullAway.Init")
    private Process service;

    private int sequence;

    @BeforeEach
    void enrol() throws Exception {
        assumeTrue(PolicyFile.ROOT == EnrolledAgent.policy(home).owner(), "only root's policy is believed");
        home = home.toRealPath();
        EnrolledAgent.allow(home, """
                {"v":1,"maximumPlanAgeDays":30,"actions":[{"type":"agent.update","limits":{}},{"type":"file-mode.set","limits":{}}]}""");
        vendor.expires = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(2));
        vendor.rotate();
        ReleaseInHand.image(home.resolve("package"), NuxariAgent.VERSION);
        Files.write(home.resolve("package/release-root.json"), vendor.shippedRoot());
        server = new PlatformServer();
        server.releases = vendor.files;
        Process enrolling = agent(server.enrolment());
        assertThat(enrolling.waitFor()).as(said()).isZero();
        service = agent("run");
    }

    @AfterEach
    void stop() throws Exception {
        if (service != null) {
            List<ProcessHandle> all =
                    service.descendants().toList(); // it is nobody's any more when the service has ended
            service.destroyForcibly().waitFor();
            for (ProcessHandle one : all) {
                one.destroyForcibly();
                one.onExit().get(20, TimeUnit.SECONDS);
            }
        }
        if (server != null) {
            server.close();
        }
    }

    private String said() throws IOException {
        return Files.readString(home.resolve("said"));
    }

    /** As systemd does it: by the launcher of the package, and again when it ends for a restart. */
    private Process agent(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "while :; do \"$@\"; status=$?; [ $status -eq 75 ] || exit $status; done",
                "service",
                home.resolve("package/nuxari-agent").toString()));
        command.addAll(List.of(words));
        command.addAll(List.of(
                "--folder",
                home.resolve("agent").toString(),
                "--policy",
                EnrolledAgent.policy(home).path().toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(home.resolve("said").toFile()));
        builder.environment().put("NUXARI_AGENT_TRIAL_SECONDS", "50");
        return builder.start();
    }

    private Release publish(String version, Path image) throws Exception {
        byte[] archive = ReleaseInHand.archive(image, home.resolve("archive-" + version));
        Release release = ReleaseInHand.release(image, version, archive);
        published.add(release);
        server.between(() -> {
            vendor.publish(published.toArray(Release[]::new));
            vendor.files.put(release.fileName(), archive);
        });
        return release;
    }

    private Ending order(ActionType type, Json.Obj parameters) throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        sequence++;
        server.between(() -> {
            server.receipts.clear();
            Json.Obj plan = server.platform.plan(server.agent, type, parameters, now);
            server.send(server.platform.order(plan, sequence, now));
        });
        server.awaitReceipt(PATIENCE);
        List<Ending> endings = new ArrayList<>();
        server.between(() -> endings.addAll(server.endings()));
        assertThat(endings).as(said()).hasSize(1);
        return endings.getFirst();
    }

    private Ending update(Release release) throws Exception {
        return order(
                ActionType.AGENT_UPDATE,
                Json.object(
                        "version", release.version().toString(),
                        "sha256", release.sha256(),
                        "length", release.length()));
    }

    private String link(String name) throws IOException {
        Path link = home.resolve("agent/releases").resolve(name);
        return Files.isSymbolicLink(link) ? Files.readSymbolicLink(link).toString() : "none";
    }

    @Test
    void agentBecomesTheNextAndComesBackFromOneThatFails() throws Exception {
        Ending first = update(publish("0.2.0", ReleaseInHand.image(home.resolve("0.2.0"), "0.2.0")));

        assertThat(first.outcome()).as(said()).isEqualTo(Outcome.CHANGED);
        assertThat(first.before().orElseThrow().values().string("version")).isEqualTo(NuxariAgent.VERSION);
        assertThat(first.after().orElseThrow().values().string("version")).isEqualTo("0.2.0");
        assertThat(link("current")).isEqualTo("0.2.0");

        Path crashing = ReleaseInHand.image(home.resolve("0.3.0"), "0.3.0");
        ReleaseInHand.script(crashing.resolve("bin/java"), "case \"$*\" in *version) echo 0.3.0 ;; *) exit 1 ;; esac");
        Ending second = update(publish("0.3.0", crashing));

        assertThat(second.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(second.reason()).contains("undone");
        assertThat(second.after().orElseThrow().values().string("refusal")).isEqualTo("turned-back");
        assertThat(second.after().orElseThrow().values().string("version")).isEqualTo("0.2.0");

        assertThat(link("current") + link("next") + link("trying")).isEqualTo("0.2.0nonenone");
        assertThat(home.resolve("agent/releases/0.3.0")).doesNotExist();
    }

    @Test
    void endedRootStopsUpdatesAndNothingElse() throws Exception {
        Release release = publish("0.2.0", ReleaseInHand.image(home.resolve("0.2.0"), "0.2.0"));
        vendor.expires = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        vendor.rotate();
        Path file = Files.writeString(home.resolve("config"), "x");

        Ending refused = update(release);
        Ending acted = order(ActionType.FILE_MODE_SET, Json.object("path", file.toString(), "mode", 0600));

        assertThat(refused.reason()).contains("refused-by-host");
        assertThat(refused.after().orElseThrow().values().string("refusal")).isEqualTo("root-expired");
        assertThat(acted.outcome()).isEqualTo(Outcome.CHANGED);
    }
}
