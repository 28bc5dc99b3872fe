package dev.nuxari.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.CompactRange;
import dev.nuxari.transparency.Ed25519PrivateKey;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.NoteSigner;
import dev.nuxari.transparency.SignedNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An auditor verifies a live log with the program, from one visit to the next. */
@Claim({"A4", "V1"})
class LogVerifyTest {
    private final Composed stack = Composed.stack();
    private final Wire auditor = stack.wire("acme", "auditor");
    private final String log =
            auditor.server().resolve("/log/" + auditor.organization()).toString();

    @TempDir
    private Path folder;

    private Path keys = Path.of("");
    private Path token = Path.of("");

    @BeforeEach
    void takeTheKeysHome() throws IOException {
        keys = Files.write(folder.resolve("keys.json"), stack.api("auditor").keys());
        token = Files.writeString(folder.resolve("token"), auditor.token() + "\n");
    }

    @Test
    void liveLogIsVerifiedAndHasOnlyGrownSince() {
        Path kept = folder.resolve("checkpoint");
        Program.Ended first = verify("--trusted-root", keys.toString(), "--save", kept.toString());
        stack.wire("acme", "readonly").get("/audit-head");
        Program.Ended second = verify("--trusted-root", keys.toString(), "--from", kept.toString());

        assertThat(first.code()).as(first.out() + first.notes()).isZero();
        assertThat(first.out()).startsWith("Verified: ").contains("entries lead to the signed root");
        assertThat(second.code()).as(second.out() + second.notes()).isZero();
        assertThat(second.out()).contains("all of them as they were");
    }

    @Test
    void archiveOfALiveLogGrowsAndVerifiesWithoutTheServer() throws IOException {
        String archive = folder.resolve("archive").toString();
        String[] words = {
            "log", "archive", archive, "--url", log, "--token-file", token.toString(), "--trusted-root", keys.toString()
        };
        Program.Ended first = Program.run(words);
        stack.wire("acme", "readonly").get("/audit-head");
        Program.Ended second = Program.run(words);
        Program.Ended offline = Program.run("log", "verify", "--url", archive, "--trusted-root", keys.toString());

        assertThat(first.code()).as(first.out() + first.notes()).isZero();
        assertThat(second.code()).as(second.out() + second.notes()).isZero();
        assertThat(second.out()).contains("all of them as they were");
        assertThat(offline.code()).as(offline.out() + offline.notes()).isZero();
        assertThat(offline.out()).contains("ML-DSA-65 signature");
    }

    @Test
    @Claim("V4")
    void verifierInAnotherLanguageComesToTheSameConclusion() throws IOException {
        Program.Ended first = verify("--trusted-root", keys.toString());
        Path verifier = Composed.HOME.resolve("e2e").resolve("verifier").resolve("verify-log.mjs");

        Program.Ended second = Program.other(
                "node", verifier.toString(), log, "--trusted-root", keys.toString(), "--token-file", token.toString());
        Path foreign = Files.write(
                folder.resolve("foreign.json"),
                stack.people("globex").as("auditor").api().keys());
        Program.Ended refuted = Program.other(
                "node",
                verifier.toString(),
                log,
                "--trusted-root",
                foreign.toString(),
                "--token-file",
                token.toString());

        assertThat(first.code()).isZero();
        assertThat(second.code()).as(second.out() + second.notes()).isZero();
        assertThat(second.out()).startsWith("verified: ").contains("entries of", "lead to the signed root");
        assertThat(refuted.code()).as(refuted.out() + refuted.notes()).isEqualTo(1);
    }

    @Test
    void keyThatIsNotTheLogsRefutesIt() throws IOException {
        String name = Checkpoint.parse(SignedNote.parse(checkpoint()).text()).origin();
        String vkey = new NoteSigner(name, new Ed25519PrivateKey(new byte[32]))
                .verifierKey()
                .encoded();

        Program.Ended ended = verify("--vkey", vkey);

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).startsWith("Refuted: checkpoint is not signed by the log: ");
    }

    @Test
    void rememberedCheckpointOfAnotherHistoryRefutesIt() throws IOException {
        Checkpoint now = Checkpoint.parse(SignedNote.parse(checkpoint()).text());
        NoteSigner forger = new NoteSigner(now.origin(), new Ed25519PrivateKey(new byte[32]));
        CompactRange other = CompactRange.empty().append(MerkleHash.leaf("something else".getBytes(UTF_8)));
        Path forged = Files.writeString(
                folder.resolve("forged"),
                new Checkpoint(now.origin(), other.size(), other.root())
                        .sign(forger)
                        .encoded());

        Program.Ended ended = verify("--trusted-root", keys.toString(), "--from", forged.toString());

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).startsWith("Refuted: ");
    }

    @Test
    void whatCannotBeReadIsNotRefuted() {
        Program.Ended ended = Program.run("log", "verify", "--url", log, "--trusted-root", keys.toString());

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.notes()).contains("401").contains("--token-file");
    }

    @Test
    void keysOfAnotherOrganizationDoNotGoWithTheLog() throws IOException {
        Path foreign = Files.write(
                folder.resolve("foreign.json"),
                stack.people("globex").as("auditor").api().keys());

        Program.Ended ended = verify("--trusted-root", foreign.toString());

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.notes()).contains("does not go with this log");
    }

    private String checkpoint() {
        Wire.Answer answer = auditor.get("//log/" + auditor.organization() + "/checkpoint");
        assertThat(answer.status()).isEqualTo(200);
        return answer.body();
    }

    private Program.Ended verify(String... more) {
        List<String> words = new ArrayList<>(List.of("log", "verify", "--url", log, "--token-file", token.toString()));
        words.addAll(List.of(more));
        return Program.run(words.toArray(String[]::new));
    }
}
