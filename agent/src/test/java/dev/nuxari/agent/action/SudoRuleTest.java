package dev.nuxari.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.Receipt.Failure;
import dev.nuxari.protocol.agent.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Claim("E4")
class SudoRuleTest {
    private static final Json.Obj RULE = Json.object(
            "name", "app",
            "subject", "group",
            "subjectName", "ops",
            "runAs", "root",
            "program", "/usr/bin/systemctl",
            "arguments", "none",
            "password", false);

    @TempDir
    private Path folder;

    private CopiedHost host;

    @BeforeEach
    void make() throws IOException {
        host = CopiedHost.at(folder);
    }

    /** The real one: of this machine, or where NUXARI_VISUDO says. */
    private static Path visudo() {
        Path visudo =
                Path.of(Optional.ofNullable(System.getenv("NUXARI_VISUDO")).orElse("/usr/sbin/visudo"));
        Assumptions.assumeTrue(Files.isExecutable(visudo), "SKIPPED: this machine has no visudo");
        return visudo;
    }

    private Path file(String name) {
        return host.file("/etc/sudoers.d/" + name);
    }

    private static Summary seen(Sight sight) {
        return ((Sight.Seen) sight).summary();
    }

    @Test
    void ruleIsPlacedAfterVisudoHasReadIt() throws IOException {
        SudoRule action = SudoRule.placing(host.root(), visudo());
        for (String subject : new String[] {"account", "group"}) {
            for (String arguments : new String[] {"any", "none"}) {
                for (boolean password : new boolean[] {true, false}) {
                    Json.Obj wanted = RULE.with("subject", subject)
                            .with("arguments", arguments)
                            .with("password", password);

                    assertThat(action.perform(wanted)).isEmpty();
                    assertThat(action.look(wanted)).matches(sight -> ((Sight.Seen) sight).isAsAsked());
                }
            }
        }
        assertThat(file("app")).hasContent("""
                # Placed by the Nuxari agent.
                %ops ALL=(root) NOPASSWD: /usr/bin/systemctl ""
                """);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("app"))))
                .isEqualTo("r--r-----");
    }

    @Test
    void whatVisudoDoesNotReadIsNotPlaced() throws IOException {
        Path refusing = CopiedHost.script(folder, "visudo", "exit 1\n");
        SudoRule action = SudoRule.placing(host.root(), refusing);
        Files.writeString(file("app"), "# former\n");

        assertThat(action.perform(RULE)).contains(Failure.REFUSED_BY_HOST);

        assertThat(file("app")).hasContent("# former\n");
        try (Stream<Path> files = Files.list(file("app").getParent())) {
            assertThat(files).containsExactly(file("app"));
        }
    }

    @Test
    void withoutVisudoNothingIsPlaced() {
        SudoRule action = SudoRule.placing(host.root(), Path.of("/nowhere/visudo"));

        assertThat(action.perform(RULE)).contains(Failure.REFUSED_BY_HOST);
        assertThat(file("app")).doesNotExist();
    }

    @Test
    void formerFileIsPutBack() throws IOException {
        SudoRule action = SudoRule.placing(host.root(), CopiedHost.script(folder, "visudo", "exit 0\n"));
        Summary none = seen(action.look(RULE));
        action.perform(RULE);
        assertThat(action.undo(RULE, none)).isTrue();
        assertThat(file("app")).doesNotExist();

        Files.writeString(file("app"), "# former\n");
        Summary former = seen(action.look(RULE));
        assertThat(action.perform(RULE)).isEmpty();
        assertThat(action.undo(RULE, former)).isTrue();
        assertThat(file("app")).hasContent("# former\n");
    }

    @Test
    void fileIsTakenAwayAndPutBack() throws IOException {
        SudoRule action = SudoRule.removing(host.root(), Path.of("/nowhere/visudo"));
        Json.Obj wanted = Json.object("name", "app");
        Files.writeString(file("app"), "# former\n");
        Summary former = seen(action.look(wanted));

        assertThat(action.perform(wanted)).isEmpty();
        assertThat(file("app")).doesNotExist();
        assertThat(action.look(wanted)).matches(sight -> ((Sight.Seen) sight).isAsAsked());
        assertThat(action.undo(wanted, former)).isTrue();
        assertThat(file("app")).hasContent("# former\n");
    }
}
