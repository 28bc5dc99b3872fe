package dev.nuxari.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All evidence of a period, as an auditor takes it home; two verifiers that share no code judge it alike. */
@Claim({"A1", "V4"})
class EvidenceCollectionFileTest {
    private static final Path SECOND =
            Composed.HOME.resolve("e2e").resolve("verifier").resolve("verify-collection.mjs");

    private final Composed stack = Composed.stack();
    private List<String> lines = List.of();
    private Path root = Path.of("");

    @TempDir
    private Path folder;

    private record Verdicts(Program.Ended first, Program.Ended second) {}

    @BeforeEach
    void takeHomeEverythingSealedSoFar() throws IOException {
        root = Files.write(folder.resolve("root.json"), stack.api("auditor").keys());
        lines = collected("");
    }

    private List<String> collected(String selection) throws IOException {
        Path file = folder.resolve("collection.jsonl");
        try (OutputStream out = Files.newOutputStream(file)) {
            Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            stack.api("auditor").download("/evidence-collections?from=2026-01-01T00:00:00Z&to=" + now + selection, out);
        }
        return Files.readAllLines(file);
    }

    @Test
    void everythingSealedSoFarIsVerifiedByBoth() throws IOException {
        Verdicts verdicts = judged(text(lines));

        assertThat(verdicts.first().code()).as(verdicts.first().out()).isZero();
        assertThat(verdicts.first().out()).startsWith("Verified: all ").contains("are shown whole");
        assertThat(verdicts.second().code()).as(verdicts.second().out()).isZero();
        assertThat(verdicts.second().out()).contains("verified: " + packages().size() + " packages from 2026-01-01");
    }

    @Test
    void evidenceOfOneSystemIsVerifiedByBoth() throws IOException {
        Verdicts verdicts =
                judged(text(collected("&connectorId=" + stack.connector("ldap").string("id"))));

        assertThat(verdicts.first().code()).as(verdicts.first().out()).isZero();
        assertThat(verdicts.second().code()).as(verdicts.second().out()).isZero();
    }

    @Test
    void whatIsTamperedWithIsRefutedByBoth() throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        for (int at : atTheEdgesAndInTheMiddle()) {
            files.put("the package of line %d left out".formatted(at + 1), text(edited(at, l -> l.without("package"))));
            files.put("line %d left out".formatted(at + 1), text(without(at)));
        }
        files.put("the first entry left out", text(without(1)));
        files.put("the last entry left out", text(without(lines.size() - 1)));
        String later =
                Json.parseObject(lines.get(lines.size() / 2)).object("event").string("at");
        files.put("a later beginning", text(period("from", later)));
        files.put("an earlier end", text(period("to", later)));
        files.put("a later end", text(period("to", "2999-01-01T00:00:00.000Z")));
        String whole = text(lines);
        files.put("half of it", whole.substring(0, whole.length() / 2));
        files.put("its last byte cut off", whole.substring(0, whole.length() - 1));
        files.put("one letter changed", whole.replaceFirst("\"justification\":\"(.)", "\"justification\":\"$1x"));

        for (Map.Entry<String, String> file : files.entrySet()) {
            assertThat(file.getValue()).as(file.getKey()).isNotEqualTo(whole);
            refuted(file.getKey(), judged(file.getValue()));
        }
    }

    @Test
    void keysOfAnotherOrganizationAreNoRootForBoth() throws IOException {
        Files.write(root, stack.people("globex").as("auditor").api().keys());

        refuted("the keys of globex", judged(text(lines)));
    }

    private static void refuted(String what, Verdicts verdicts) {
        assertThat(verdicts.first().code()).as(what + verdicts.first().out()).isEqualTo(1);
        assertThat(verdicts.second().code()).as(what + verdicts.second().out()).isEqualTo(1);
        assertThat(verdicts.second().out()).startsWith("refuted: line ");
    }

    private Verdicts judged(String content) throws IOException {
        String file = Files.writeString(folder.resolve("judged.jsonl"), content).toString();
        return new Verdicts(
                Program.run("verify", file, "--trusted-root", root.toString()),
                Program.other("node", SECOND.toString(), file, "--trusted-root", root.toString()));
    }

    private List<Integer> packages() {
        return IntStream.range(1, lines.size())
                .filter(at -> Json.parseObject(lines.get(at)).has("package"))
                .boxed()
                .toList();
    }

    private Set<Integer> atTheEdgesAndInTheMiddle() {
        List<Integer> packages = packages();
        return new TreeSet<>(List.of(packages.getFirst(), packages.get(packages.size() / 2), packages.getLast()));
    }

    private List<String> without(int line) {
        List<String> fewer = new ArrayList<>(lines);
        fewer.remove(line);
        return fewer;
    }

    private List<String> edited(int line, UnaryOperator<Json.Obj> change) {
        List<String> changed = new ArrayList<>(lines);
        changed.set(line, change.apply(Json.parseObject(changed.get(line))).canonical());
        return changed;
    }

    private List<String> period(String end, String time) {
        return edited(0, head -> head.with("selector", head.object("selector").with(end, time)));
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
