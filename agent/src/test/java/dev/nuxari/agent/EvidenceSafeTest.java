package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.agent.evidence.EvidenceVault;
import dev.nuxari.agent.evidence.EvidenceVault.Kept;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the evidence when its key is lost. */
@Claim("E5")
class EvidenceSafeTest {
    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00.000Z");
    private static final EvidenceVault.Limits WIDE = new EvidenceVault.Limits(Duration.ofDays(90), 1L << 20, 0);
    private static final SortedMap<String, byte[]> READ =
            new TreeMap<>(Map.of("/etc/passwd", "a secret line\n".getBytes(UTF_8)));

    @TempDir
    private Path home;

    private AgentFolder folder = new AgentFolder(Path.of(""));
    private Kept kept = new Kept("", 0, 0, false);

    @BeforeEach
    void givenEvidence() throws IOException {
        folder = AgentFolder.at(home.resolve("agent"));
        kept = vault().keep("linux-access", READ, NOW);
        assertThat(kept.kept()).isTrue();
    }

    private EvidenceVault vault() throws IOException {
        return new EvidenceSafe(folder).vault(WIDE, NOW);
    }

    private String said(String... words) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        NuxariAgent program = new NuxariAgent(new PrintStream(said, true, UTF_8), 0, InstantSource.fixed(NOW));
        int status = program.run(List.of(words));
        return status + " " + said.toString(UTF_8);
    }

    private void mustBeLost() throws IOException {
        Kept after = vault().keep("linux-access", READ, NOW.plus(Duration.ofDays(200)));
        assertThat(after.kept()).isFalse();
        assertThat(after.digest()).isNotEqualTo(kept.digest());
        assertThat(folder.evidenceKey().path()).doesNotExist();
        assertThat(folder.evidence().resolve(kept.digest()))
                .as("stays for who finds the key")
                .exists();
        assertThat(said(
                        "evidence",
                        "show",
                        kept.digest(),
                        "--folder",
                        folder.path().toString()))
                .startsWith(NuxariAgent.REFUSED + " ")
                .contains("put it back");
        assertThat(said("status", "--folder", folder.path().toString()))
                .startsWith(NuxariAgent.REFUSED + " ")
                .contains("evidence NOT KEPT: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "{\"v\":1}"})
    void corruptKeyIsPutAsideAndNotReplaced(String content) throws IOException {
        byte[] key = Files.readAllBytes(folder.evidenceKey().path());
        Files.writeString(folder.evidenceKey().path(), content);

        vault();
        mustBeLost();
        mustBeLost();

        Path aside = home.resolve("agent").resolve("evidence-key.corrupt-" + NOW.toEpochMilli());
        assertThat(aside).hasContent(content);
        assertThat(new EvidenceSafe(folder).fault())
                .hasValueSatisfying(fault ->
                        assertThat(fault).contains(folder.evidenceKey().path() + " was corrupt and is now " + aside));
        Files.write(folder.evidenceKey().path(), key);
        assertThat(vault().open(kept.digest())).isInstanceOf(EvidenceVault.Opened.Same.class);
    }

    /** Its checksum is good, and it is no key. */
    @Test
    void whatIsNoKeyIsPutAside() throws IOException {
        folder.evidenceKey().write(Json.object("v", 1, "key", "AAAA", "salt", "x"));

        vault();
        mustBeLost();
    }

    @Test
    void keyThatIsGoneIsNotReplacedWhileThereIsEvidence() throws IOException {
        Files.delete(folder.evidenceKey().path());

        mustBeLost();
        assertThat(new EvidenceSafe(folder).fault())
                .hasValueSatisfying(fault -> assertThat(fault).contains("is missing"));
    }

    @Test
    void whoDecidesToBeginAnewMovesWhatIsLeft() throws IOException {
        Files.writeString(folder.evidenceKey().path(), "nonsense");
        vault();
        Files.move(
                folder.path().resolve("evidence-key.corrupt-" + NOW.toEpochMilli()),
                home.resolve("evidence-key.former"));
        Files.move(folder.evidence(), home.resolve("evidence.former"));

        assertThat(vault().keep("linux-access", READ, NOW).kept()).isTrue();
        assertThat(new EvidenceSafe(folder).fault()).isEmpty();
    }
}
