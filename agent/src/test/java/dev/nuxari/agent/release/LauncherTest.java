package dev.nuxari.agent.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The package's launcher with programs that stand in for the agent's: which one it starts, and what it does when one ends. */
@Claim("E4")
class LauncherTest {
    /** As the agent does when it has checked in. */
    private static final String CONFIRMS = "mv -T \"$releases/trying\" \"$releases/current\"; exit 75";

    @TempDir
    private Path home = Path.of("");

    private String limit = "20";

    @BeforeEach
    void install() throws IOException {
        Files.createDirectories(home.resolve("agent/releases"));
        program(home.resolve("package"), "0.1.0", "exit 0");
        Files.copy(Path.of("packaging/nuxari-agent"), home.resolve("package/nuxari-agent"));
    }

    /** Writes down that it was started. */
    private void program(Path folder, String version, String does) throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        Files.writeString(folder.resolve("version"), version + "\n");
        Path java = folder.resolve("bin/java");
        Files.writeString(
                java, """
                #!/bin/sh
                releases='%s'
                case "$*" in *"release verify"*) [ ! -e '%s' ]; exit ;; esac
                echo %s >>'%s'
                %s
                """.formatted(releases(), home.resolve("distrusted"), version, home.resolve("started"), does));
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    private void release(String version, String does) throws IOException {
        program(releases().resolve(version), version, does);
    }

    private Path releases() {
        return home.resolve("agent/releases");
    }

    private void link(String name, String version) throws IOException {
        Files.createSymbolicLink(releases().resolve(name), Path.of(version));
    }

    /** The four links, as {@code next trying current refused}. */
    private String links() throws IOException {
        List<String> found = new ArrayList<>();
        for (String name : List.of("next", "trying", "current", "refused")) {
            Path link = releases().resolve(name);
            found.add(Files.isSymbolicLink(link) ? Files.readSymbolicLink(link).toString() : "-");
        }
        return String.join(" ", found);
    }

    private Process launch(String word) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        home.resolve("package/nuxari-agent").toString(),
                        word,
                        "--folder",
                        home.resolve("agent").toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("said").toFile());
        builder.environment().put("NUXARI_AGENT_TRIAL_SECONDS", limit);
        return builder.start();
    }

    private int run(String word) throws Exception {
        return ended(launch(word));
    }

    /** A launcher that does not end is one that has not turned back. */
    private static int ended(Process process) throws InterruptedException {
        boolean ended = process.waitFor(40, TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertThat(ended).isTrue();
        return process.exitValue();
    }

    private List<String> started() throws IOException {
        Path file = home.resolve("started");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    @Test
    void withoutReleasesThePackageRuns() throws Exception {
        assertThat(run("run")).isZero();

        assertThat(started()).containsExactly("0.1.0");
    }

    @Test
    void releaseThatChecksInStays() throws Exception {
        release("0.2.0", "if [ -L \"$releases/trying\" ]; then " + CONFIRMS + "; fi");
        link("next", "0.2.0");

        assertThat(run("run")).isZero();

        assertThat(started()).containsExactly("0.2.0", "0.2.0"); // tried, and then without a limit
        assertThat(links()).isEqualTo("- - 0.2.0 -");
    }

    @ParameterizedTest
    @CsvSource({"exit 1", "exit 2", "exit 0", "exit 75", "kill -9 $$", "exec sleep 300"})
    void releaseThatDoesNotIsTriedOnce(String does) throws Exception {
        limit = "2";
        release("0.2.0", "exit 0");
        release("0.3.0", does);
        link("current", "0.2.0");
        link("next", "0.3.0");

        assertThat(run("run")).isZero();
        assertThat(run("run")).isZero();

        assertThat(started()).containsExactly("0.3.0", "0.2.0", "0.2.0");
        assertThat(links()).isEqualTo("- - 0.2.0 0.3.0");
    }

    /** Whatever ends the host in the middle of a trial. */
    @Test
    void trialThatWasKilledIsOver() throws Exception {
        release("0.2.0", "exec sleep 300");
        link("next", "0.2.0");
        Process launcher = launch("run");
        while (started().isEmpty()) {
            assertThat(launcher.waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
        }
        List<ProcessHandle> all = launcher.descendants().toList();
        launcher.destroyForcibly().waitFor();
        all.forEach(ProcessHandle::destroyForcibly);
        assertThat(links()).isEqualTo("- 0.2.0 - -");

        assertThat(run("run")).isZero();

        assertThat(started()).containsExactly("0.2.0", "0.1.0");
        assertThat(links()).isEqualTo("- - - 0.2.0");
    }

    @Test
    void serviceThatIsStoppedDuringATrialStops() throws Exception {
        limit = "100"; // longer than the test waits
        release("0.2.0", "sleep 0.5; echo waits >>'%s'; exec sleep 300".formatted(home.resolve("started")));
        link("next", "0.2.0");
        Process launcher = launch("run");
        while (started().size() < 2) {
            assertThat(launcher.waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
        }
        List<ProcessHandle> all = launcher.descendants().toList();

        launcher.destroy();

        assertThat(ended(launcher)).isEqualTo(143);
        for (ProcessHandle one : all) {
            one.onExit().get(5, TimeUnit.SECONDS);
        }
        assertThat(started()).containsExactly("0.2.0", "waits");
    }

    @ParameterizedTest
    @CsvSource({"0.0.9, 0.1.0", "0.1.0, 0.1.0", "0.2.0, 0.2.0", "0.10.0, 0.10.0"})
    void newerOfPackageAndReleaseRuns(String version, String runs) throws Exception {
        release(version, "exit 0");
        link("current", version);

        assertThat(run("run")).isZero();

        assertThat(started()).containsExactly(runs);
    }

    @ParameterizedTest
    @CsvSource({"0.2.0", "../elsewhere", "/", "."})
    void linkToNoReleaseIsNotFollowed(String target) throws Exception {
        program(home.resolve("agent/elsewhere"), "0.9.0", "exit 0");
        link("current", target);
        link("next", target);

        assertThat(run("run")).isZero();

        assertThat(started()).containsExactly("0.1.0");
    }

    @Test
    void otherWordsTryNothing() throws Exception {
        release("0.2.0", "exit 0");
        link("next", "0.2.0");

        assertThat(run("status")).isZero();

        assertThat(started()).containsExactly("0.1.0");
        assertThat(links()).isEqualTo("0.2.0 - - -");
    }

    /** Only root has to be careful: another user's files may have become its own. */
    @Test
    void rootStartsNothingThatThePackageDoesNotKnow() throws Exception {
        boolean root = "root".equals(System.getProperty("user.name"));
        release("0.2.0", CONFIRMS);
        release("0.3.0", "exit 0");
        link("next", "0.2.0");
        link("current", "0.3.0");
        Files.createFile(home.resolve("distrusted"));

        assertThat(run("run")).isIn(0, 75);

        assertThat(started()).isEqualTo(root ? List.of("0.1.0") : List.of("0.2.0", "0.2.0"));
    }
}
