package dev.nuxari.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NuxariTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

    @TempDir
    private Path configuration;

    private int run(String... arguments) {
        return Nuxari.run(
                arguments,
                new PrintStream(out, true, UTF_8),
                new PrintStream(notes, true, UTF_8),
                Map.of("XDG_CONFIG_HOME", configuration.toString()));
    }

    @Test
    void helpNamesEveryNoun() {
        assertThat(run("--help")).isZero();

        assertThat(out.toString(UTF_8))
                .contains("requests", "approvals", "workflows", "evidence", "login")
                .contains("Exit codes: 0 done, 1 refused or refuted, 2 usage, 3 unreachable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "requests",
                "approvals",
                "workflows",
                "evidence",
                "connectors",
                "entitlements",
                "share",
                "agents",
                "agent-release"
            })
    void helpOfEveryNounHasExamples(String noun) {
        assertThat(run(noun, "--help")).isZero();

        assertThat(out.toString(UTF_8)).contains("Examples:", "nuxari " + noun + " ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "requests",
                "requests list --nonsense",
                "approvals decide 7f3c --reason why",
                "approvals decide 7f3c --approve --reject --reason why",
                "requests list --output xml",
                "evidence export 7f3c --format docx",
                "share create --recipient Ernst",
                "share create --evidence 7f3c",
                "share create --evidence 7f3c --action approval. --recipient Ernst",
                "evidence collect --from 2026-01-01",
                "evidence collect --from yesterday --to 2026-01-01",
                "evidence collect --from 2026-01-01 --to 2026-02-01 --system 7f3c --control ac-5"
            })
    void whatTheCommandCannotMeanIsUsage(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" ", -1))).isEqualTo(2);

        assertThat(notes.toString(UTF_8)).isNotBlank();
    }

    @Test
    void nobodySignedInIsOneClearLine() {
        assertThat(run("requests", "list")).isEqualTo(3);

        assertThat(notes.toString(UTF_8).lines())
                .containsExactly("nuxari: You are not signed in. \"nuxari login\" signs you in.");
    }

    @Test
    void serverThatDoesNotAnswerIsOneClearLine() {
        assertThat(run("login", "--server", "http://127.0.0.1:9", "--no-browser"))
                .isEqualTo(3);

        List<String> lines = notes.toString(UTF_8).lines().toList();
        assertThat(lines).singleElement().asString().startsWith("nuxari: Nothing answers at http://127.0.0.1:9.");
    }
}
