package dev.nuxari.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.cli.api.Fields;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An administrator names agents and ends them with the program. */
@Claim("E2")
class AgentsCommandTest {
    private final Composed stack = Composed.stack();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void agentIsNamedLookedAtAndEnded() {
        String name = "host-" + UUID.randomUUID();
        var admin = new ProgramAtHome(folder, stack.ground().url());
        admin.signIn(stack.organization("acme").account("admin"));

        Program.Ended added = admin.run("agents", "add", name);

        assertThat(added.code()).as(added.out() + added.notes()).isZero();
        assertThat(added.out()).containsSubsequence(name, "pending", "nuxari agent enroll --server ", "--token nxe_");
        assertThat(admin.run("agents", "list", "--query", name.toUpperCase(Locale.ROOT), "--state", "pending")
                        .out())
                .contains(name, "IN FLIGHT", "TO LOOK AT")
                .doesNotContain("nxe_");
        assertThat(admin.run("agents", "list", "--health", "silent").out()).doesNotContain(name);
        Json.Obj listed = stack.api("admin").list("/agents", 200).stream()
                .filter(agent -> Fields.text(agent, "name").equals(name))
                .findFirst()
                .orElseThrow();
        String id = listed.string("id");
        assertThat(admin.run("agents", "show", id).out())
                .contains(name, "pending")
                .doesNotContain("nxe_");
        assertThat(admin.run("agents", "enrolment", id).out()).contains("--token nxe_");

        Program.Ended ended = admin.run("agents", "revoke", id, "--lost");

        assertThat(ended.out()).contains("lost");
        assertThat(admin.run("agents", "enrolment", id).code()).isEqualTo(1);
    }
}
