package dev.nuxari.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.Receipt.Failure;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs systemd or an archive of packages is tested with scripts in their place; that they are called so is what is shown. */
@Claim("E4")
class ProgramsOfTheHostTest {
    private static final Json.Obj RESTART =
            Json.object("service", "nginx.service", "since", Instant.parse("2026-11-28T10:00:00.000Z"));

    @TempDir
    private Path folder;

    private Sight service(String state) throws IOException {
        Path systemctl = CopiedHost.script(folder, "systemctl", "printf '%s'\n".formatted(state));
        return new ServiceRestart(systemctl).look(RESTART);
    }

    @Test
    void programHasNeitherOurEnvironmentNorInput() throws IOException {
        Path script = CopiedHost.script(folder, "script", "env; pwd; cat; printf '%s|' \"$@\"\n");

        assertThat(Program.at(script).ask(List.of("a b", "$(id)", ";")))
                .isInstanceOfSatisfying(
                        Program.Ended.Well.class,
                        ended -> assertThat(ended.output())
                                .contains("LC_ALL=C", "\n/\n", "a b|$(id)|;|")
                                .doesNotContain("HOME=", "JAVA_HOME"));
    }

    @Test
    void programIsEndedInTimeWithWhatItStarted() throws Exception {
        Path script = CopiedHost.script(folder, "script", "sleep 600 & echo $! > " + folder + "/child; wait\n");
        Program program = new Program(script, Program.at(script).environment(), Duration.ofSeconds(2));

        assertThat(program.run(List.of())).contains(Failure.TIMED_OUT);

        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        assertThat(ProcessHandle.of(child).map(ProcessHandle::onExit))
                .matches(end -> end.isEmpty()
                        || end.get()
                                        .orTimeout(10, java.util.concurrent.TimeUnit.SECONDS)
                                        .join()
                                != null);
    }

    @Test
    void outputHasABound() throws IOException {
        Path script = CopiedHost.script(folder, "script", "head -c 5000000 /dev/zero\n");

        assertThat(Program.at(script).ask(List.of()))
                .isInstanceOfSatisfying(
                        Program.Ended.Well.class,
                        ended -> assertThat(ended.output()).hasSize(64 * 1024));
    }

    @Test
    void serviceHasBeenRestartedWhenItIsActiveSinceThen() throws IOException {
        String loaded = "LoadState=loaded\\nActiveState=%s\\nActiveEnterTimestamp=%s\\n";

        assertThat(service(loaded.formatted("active", "@1795860001")))
                .isEqualTo(new Sight.Seen(
                        true,
                        Summary.of(
                                SummaryKind.SERVICE,
                                "state",
                                "active",
                                "since",
                                Instant.ofEpochSecond(1_795_860_001))));
        assertThat(service(loaded.formatted("active", "@1795859999")))
                .matches(sight -> !((Sight.Seen) sight).isAsAsked());
        assertThat(service(loaded.formatted("failed", "@1795860001")))
                .isEqualTo(new Sight.Seen(false, Summary.of(SummaryKind.SERVICE, "state", "failed")));
        assertThat(service(loaded.formatted("activating", "")))
                .isEqualTo(new Sight.Seen(false, Summary.of(SummaryKind.SERVICE, "state", "changing")));
        assertThat(service("LoadState=not-found\\nActiveState=inactive\\n"))
                .isEqualTo(new Sight.Unseen(Failure.NOT_FOUND));
    }

    @Test
    void serviceIsRestartedByName() throws IOException {
        Path systemctl = CopiedHost.script(folder, "systemctl", "printf '%s|' \"$@\" > " + folder + "/words\n");

        assertThat(new ServiceRestart(systemctl).perform(RESTART)).isEmpty();
        assertThat(folder.resolve("words")).hasContent("--no-ask-password|restart|nginx.service|");
    }

    @Test
    void packageHasTheVersionThatTheHostSays() throws IOException {
        Path status = Files.createDirectories(folder.resolve("var/lib/dpkg")).resolve("status");
        Files.writeString(status, """
                Package: openssl-extra
                Status: install ok installed
                Version: 9.9

                Package: openssl
                Status: install ok installed
                Priority: optional
                Version: 3.0.17-1~deb12u2
                Description: a sentence

                Package: removed
                Status: deinstall ok config-files
                Version: 1.0
                """);
        Path aptGet = CopiedHost.script(folder, "apt-get", "printf '%s\\n' \"$@\" > " + folder + "/words\n");
        PackageUpdate action = new PackageUpdate(new HostRoot(folder), aptGet);
        Json.Obj there = Json.object("package", "openssl", "version", "3.0.17-1~deb12u2");
        Json.Obj newer = Json.object("package", "openssl", "version", "3.0.17-1~deb12u3");
        Summary seen = Summary.of(SummaryKind.PACKAGE, "version", "3.0.17-1~deb12u2");

        assertThat(action.look(there)).isEqualTo(new Sight.Seen(true, seen));
        assertThat(action.look(newer)).isEqualTo(new Sight.Seen(false, seen));
        assertThat(action.look(Json.object("package", "removed", "version", "1.0")))
                .isEqualTo(new Sight.Unseen(Failure.NOT_FOUND));
        assertThat(action.perform(newer)).isEmpty();
        assertThat(Files.readAllLines(folder.resolve("words")))
                .contains("--only-upgrade", "--no-remove")
                .endsWith("openssl=3.0.17-1~deb12u3")
                .doesNotContain("--allow-downgrades");
    }
}
