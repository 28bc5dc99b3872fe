package dev.nuxari.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.cli.api.Fields;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member signs in with the program, searches the log and takes home what was found. */
@Claim({"A1", "V4"})
class AuditCommandTest {
    private final Composed stack = Composed.stack();

    @TempDir
    private Path folder;

    private Json.Obj request() {
        Deeds deeds = new Deeds(stack);
        return deeds.ask("grant", deeds.firstNotHeld(stack.connector("ldap")));
    }

    @Test
    void everythingAboutARequestIsFoundAndNothingElse() {
        String request = request().string("id");
        signIn("auditor");

        List<Json.Obj> following = found("--following", request);
        List<Json.Obj> asked = found("--action", "request.submit", "--request-id", request);

        assertThat(following)
                .extracting(event -> event.string("action"))
                .contains("request.submit", "approval.open", "workflow.submit");
        assertThat(following)
                .allMatch(event -> Fields.text(event, "requestId").equals(request)
                        || Fields.text(event, "target.id").equals(request)
                        || !Fields.text(event, "approvalRef").isEmpty());
        assertThat(asked).hasSize(1);
        assertThat(Fields.text(asked.getFirst(), "target.id")).isEqualTo(request);
        assertThat(Fields.text(asked.getFirst(), "outcome")).isEqualTo("succeeded");
        assertThat(found("--request-id", request, "--outcome", "refused")).isEmpty();
        assertThat(found("--request-id", request, "--to", "2020-01-01T00:00:00Z"))
                .isEmpty();
        assertThat(found("--action", "request.", "--limit", "2"))
                .hasSizeLessThanOrEqualTo(2)
                .isNotEmpty();
    }

    @Test
    void peopleSeeATableWithNames() {
        String request = request().string("id");
        signIn("auditor");

        Program.Ended ended = nuxari("audit", "list", "--request-id", request);

        String name = stack.people("acme").as("requester").name();
        assertThat(ended.code()).as(ended.notes()).isZero();
        assertThat(ended.out()).containsSubsequence("INDEX", "AT", "ACTOR", "ACTION", "OUTCOME", "TARGET");
        assertThat(ended.out()).contains(name, "request.submit", "succeeded", request);
    }

    @Test
    void exportVerifiesWithoutTheServerAndNotWhenItWasChanged() throws IOException {
        String request = request().string("id");
        signIn("auditor");
        Path file = folder.resolve("found.jsonl");
        Path keys = folder.resolve("keys.json");

        Program.Ended export = nuxari(
                "audit",
                "export",
                "--following",
                request,
                "--file",
                file.toString(),
                "--trusted-root",
                keys.toString());

        assertThat(export.code()).as(export.out() + export.notes()).isZero();
        assertThat(export.out()).contains("nuxari verify " + file + " --trusted-root " + keys);
        assertThat(mode(file)).isEqualTo(mode(keys));
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.stream().filter(line -> line.contains("\"request.submit\"")))
                .hasSize(1);
        Program.Ended verified = Program.run("verify", file.toString(), "--trusted-root", keys.toString());
        assertThat(verified.code()).as(verified.out() + verified.notes()).isZero();
        assertThat(verified.out()).startsWith("Verified: ");

        refuted(
                keys,
                lines.stream()
                        .map(line -> line.replace("\"request.submit\"", "\"request.cancel\""))
                        .toList());
        refuted(
                keys,
                lines.stream()
                        .filter(line -> !line.contains("\"request.submit\""))
                        .toList());
        refuted(keys, lines.subList(0, lines.size() - 1));
        refuted(
                Files.write(
                        folder.resolve("foreign.json"),
                        stack.people("globex").as("auditor").api().keys()),
                lines);
    }

    private void refuted(Path keys, List<String> lines) throws IOException {
        Path changed = Files.write(folder.resolve("changed.jsonl"), lines);
        Program.Ended ended = Program.run("verify", changed.toString(), "--trusted-root", keys.toString());
        assertThat(ended.code()).as(ended.out() + ended.notes()).isEqualTo(1);
        assertThat(ended.out()).startsWith("Refuted: ");
    }

    @Test
    void exportIsOnRecord() {
        signIn("auditor");
        String request = request().string("id");
        Path file = folder.resolve("export.jsonl");

        nuxari("audit", "export", "--request-id", request, "--file", file.toString());

        assertThat(found("--action", "log.export", "--limit", "20"))
                .anyMatch(event -> Fields.text(event, "outcome").equals("succeeded"));
        assertThat(file).exists();
    }

    /** Reading the log is a permission, and asking for access is another. */
    @Test
    void memberWhoMayNotReadTheLogGetsNothingAndNoFile() {
        signIn("requester");
        Path file = folder.resolve("export.jsonl");

        Program.Ended list = nuxari("audit", "list");
        Program.Ended export = nuxari("audit", "export", "--file", file.toString());

        assertThat(List.of(list.code(), export.code())).containsExactly(1, 1);
        assertThat(list.out()).isEmpty();
        assertThat(list.notes()).contains("audit:read", "not-permitted").doesNotContain("Exception");
        assertThat(file).doesNotExist();
    }

    @Test
    void whoeverIsNotSignedInIsToldHow() {
        Path file = folder.resolve("export.jsonl");

        Program.Ended list = nuxari("audit", "list");
        Program.Ended export = nuxari("audit", "export", "--file", file.toString());

        assertThat(List.of(list.code(), export.code())).containsExactly(3, 3);
        assertThat(list.notes()).contains("You are not signed in. \"nuxari login\" signs you in.");
        assertThat(file).doesNotExist();
    }

    @Test
    void filterThatMeansNothingIsExplained() {
        signIn("auditor");

        for (String[] filter :
                new String[][] {{"--from", "yesterday"}, {"--outcome", "perhaps"}, {"--following", "x"}}) {
            Program.Ended ended = nuxari("audit", "list", filter[0], filter[1]);
            assertThat(ended.code()).as(filter[0]).isIn(1, 2);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.notes()).contains(filter[0].substring(2)).doesNotContain("defect");
        }
    }

    @Test
    void signedOutIsSignedOut() {
        signIn("auditor");
        assertThat(nuxari("login", "who").out()).contains("auditor of Acme");

        assertThat(nuxari("login", "out").code()).isZero();

        assertThat(nuxari("audit", "list").code()).isEqualTo(3);
    }

    private List<Json.Obj> found(String... filter) {
        String[] words = Stream.concat(Stream.of("audit", "list", "-o", "json"), Stream.of(filter))
                .toArray(String[]::new);
        Program.Ended ended = nuxari(words);
        assertThat(ended.code()).as(ended.notes()).isZero();
        return Json.parseObject(ended.out()).objects("items");
    }

    private static Object mode(Path file) throws IOException {
        return Files.getPosixFilePermissions(file);
    }

    private Program.Ended nuxari(String... words) {
        return somebody().run(words);
    }

    private void signIn(String role) {
        somebody().signIn(stack.organization("acme").account(role));
    }

    private ProgramAtHome somebody() {
        return new ProgramAtHome(folder.resolve("config"), stack.ground().url());
    }
}
