package dev.nuxari.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.cli.api.Fields;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.release.Release;
import dev.nuxari.protocol.release.TrustedReleases;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vendor's commands, and which agents of a fleet are asked to become what they have made. */
@Claim("E4")
class AgentReleaseTest {
    private static final String ARCHIVE = "nuxari-agent-0.2.0-linux-amd64.tar.gz";

    @TempDir
    private Path home = Path.of("");

    private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return Nuxari.run(
                arguments,
                new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
                new PrintStream(notes, true, UTF_8),
                Map.of("XDG_CONFIG_HOME", home.toString()));
    }

    private String at(String name) {
        return home.resolve(name).toString();
    }

    @BeforeEach
    void publish() throws Exception {
        Files.writeString(home.resolve(ARCHIVE), "archive");
        Files.writeString(home.resolve(ARCHIVE + ".files"), "b".repeat(64) + "\n");
        assertThat(run("agent-release", "keys", at("keys"))).isZero();
        assertThat(run("agent-release", "root", at("releases"), "--keys", at("keys")))
                .isZero();
        assertThat(run("agent-release", "add", at("releases"), at(ARCHIVE), "--keys", at("keys")))
                .as(notes.toString(UTF_8))
                .isZero();
    }

    @Test
    void folderIsWhatAgentsBelieve() throws Exception {
        assertThat(run("agent-release", "stamp", at("releases"), "--keys", at("keys")))
                .isZero();
        assertThat(run("agent-release", "keys", at("new"), "--root", "1")).isZero();
        assertThat(run(
                        "agent-release",
                        "root",
                        at("releases"),
                        "--keys",
                        at("new"),
                        "--former-keys",
                        at("keys"),
                        "--root-threshold",
                        "1"))
                .isZero();

        var first = TrustedReleases.shipped(Files.readAllBytes(home.resolve("releases/1.root.json")));
        assertThat(first)
                .isInstanceOfSatisfying(
                        TrustedReleases.Answer.Trusted.class,
                        trusted -> assertThat(trusted.releases().followedBy(read("releases/2.root.json")))
                                .isInstanceOf(TrustedReleases.Answer.Trusted.class));
        assertThat(run("agent-release", "renew", at("releases"), "--keys", at("new")))
                .isZero();
        assertThat(believed(trusted(trusted(first).followedBy(read("releases/2.root.json")))))
                .extracting(Release::path)
                .containsExactly(ARCHIVE);
    }

    private static TrustedReleases trusted(TrustedReleases.Answer answer) {
        assertThat(answer).isInstanceOf(TrustedReleases.Answer.Trusted.class);
        return ((TrustedReleases.Answer.Trusted) answer).releases();
    }

    private List<Release> believed(TrustedReleases root) {
        Instant now = Instant.now();
        TrustedReleases stamped = trusted(root.withTimestamp(read("releases/timestamp.json"), now));
        TrustedReleases snapped = trusted(stamped.withSnapshot(read("releases/2.snapshot.json"), now));
        return trusted(snapped.withTargets(read("releases/2.targets.json"), now))
                .targets()
                .orElseThrow()
                .releases();
    }

    private byte[] read(String name) {
        return LocalFile.readAsJson(home.resolve(name));
    }

    @Test
    void keysAreNotWrittenOver() {
        assertThat(run("agent-release", "keys", at("keys"))).isNotZero();
    }

    private static Json.Obj agent(String id, String state, String version, String... capabilities) {
        return Json.object(
                "id",
                id,
                "state",
                state,
                "host",
                Json.object("version", version, "capabilities", List.of(capabilities)));
    }

    private List<String> chosen(List<Json.Obj> agents, int percent) {
        return FleetUpdate.to(home.resolve("releases"), "0.2.0", "linux-amd64").chosen(agents, percent).stream()
                .map(agent -> Fields.text(agent, "id"))
                .toList();
    }

    @Test
    void onlyThoseThatCanAndAreOlderAreAsked() {
        assertThat(chosen(
                        List.of(
                                agent("older", "active", "0.1.0", "agent.update"),
                                agent("same", "active", "0.2.0", "agent.update"),
                                agent("newer", "active", "0.10.0", "agent.update"),
                                agent("other", "active", "0.1.0", "file-mode.set"),
                                agent("ended", "revoked", "0.1.0", "agent.update"),
                                Json.object("id", "pending", "state", "pending", "host", null)),
                        100))
                .containsExactly("older");
    }

    @Test
    void waveIsTheSameAgentsAndALaterOneHasThemToo() {
        List<Json.Obj> fleet = IntStream.range(0, 1_000)
                .mapToObj(i -> agent(new UUID(i, 0).toString(), "active", "0.1.0", "agent.update"))
                .toList();

        List<String> tenth = chosen(fleet, 10);

        assertThat(tenth).hasSizeBetween(60, 140).isEqualTo(chosen(fleet, 10));
        assertThat(chosen(fleet, 50)).containsAll(tenth).hasSizeBetween(420, 580);
        assertThat(chosen(fleet, 100)).hasSize(1_000);
    }
}
