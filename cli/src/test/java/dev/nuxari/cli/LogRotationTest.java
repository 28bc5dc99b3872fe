package dev.nuxari.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.protocol.KeyName;
import dev.nuxari.protocol.SigningKey;
import dev.nuxari.protocol.VerificationKey;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.CompactRange;
import dev.nuxari.transparency.Ed25519PublicKey;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.NoteSignature;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.VerifierKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log of three entries in a folder, whose key was replaced after the second. */
@Claim({"V1", "V4"})
class LogRotationTest {
    private static final OrganizationId ORGANIZATION = new OrganizationId(UUID.randomUUID());
    private static final Instant START = Instant.parse("2026-11-23T10:00:00.000Z");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream notes = new ByteArrayOutputStream();
    private final SigningKey first = SigningKey.generate(ORGANIZATION, KeyName.LOG, START);
    private final SigningKey second = SigningKey.generate(ORGANIZATION, KeyName.LOG, START.plusSeconds(60));
    private final KeyManifest before = KeyManifest.issue(
            ORGANIZATION,
            1,
            START,
            List.of(
                    first.published(),
                    SigningKey.generate(ORGANIZATION, KeyName.ARCHIVE, START).published()),
            first);
    private final KeyManifest after = before.handOver(START.plusSeconds(60), 2, first, second);

    @TempDir
    private Path home;

    private Path log = Path.of("");
    private Path trusted = Path.of("");
    private Path kept = Path.of("");

    @BeforeEach
    void rotatedLog() throws IOException {
        log = Files.createDirectory(home.resolve("log"));
        trusted = save(home.resolve("keys.json"), before);
        kept = Files.writeString(
                home.resolve("checkpoint"), checkpoint(2, first).encoded());
        write("tile/entries/000.p/3", 3, index -> {
            byte[] entry = entry(index);
            return ByteBuffer.allocate(2 + entry.length)
                    .putShort((short) entry.length)
                    .put(entry)
                    .array();
        });
        write("tile/0/000.p/3", 3, index -> MerkleHash.leaf(entry(index)).bytes());
        save(log.resolve("keys"), after);
        Files.writeString(log.resolve("checkpoint"), checkpoint(3, second).encoded());
    }

    @Test
    void olderKeysLeadToTheNewestAndToTheNextCheckpoint() throws IOException {
        Path newer = home.resolve("newer.json");

        assertThat(verify("--from", kept.toString(), "--save-keys", newer.toString()))
                .as(out + " " + notes)
                .isZero();

        assertThat(out.toString(UTF_8)).startsWith("Verified: 3 entries").contains("from 2 entries");
        assertThat(notes.toString(UTF_8)).contains("version 2 follows from it").doesNotContain("--save-keys");
        assertThat(KeyManifest.parse(Json.parseObject(Files.readString(newer))).hash())
                .isEqualTo(after.hash());
    }

    @Test
    void retiredKeyDoesNotSignWhatCameLater() throws IOException {
        Files.writeString(log.resolve("checkpoint"), checkpoint(3, first).encoded());

        assertThat(verify()).isEqualTo(1);

        assertThat(out.toString(UTF_8))
                .startsWith("Refuted: checkpoint is not signed by the log: ")
                .contains("was replaced when the log had 2 entries");
    }

    @Test
    void keysThatDoNotFollowAreNotBelieved() throws IOException {
        SigningKey stranger = SigningKey.generate(ORGANIZATION, KeyName.LOG, START);
        save(
                log.resolve("keys"),
                KeyManifest.issue(ORGANIZATION, 1, START, List.of(stranger.published()), stranger)
                        .handOver(START.plusSeconds(60), 2, stranger, second));

        assertThat(verify()).isEqualTo(1);

        assertThat(out.toString(UTF_8)).startsWith("Refuted: keys does not hold: version 2 does not follow version 1");
    }

    @Test
    void archiveHasTheKeysThatItIsVerifiedWith() throws IOException {
        Path copy = home.resolve("copy");

        assertThat(run(
                        "log",
                        "archive",
                        copy.toString(),
                        "--url",
                        log.toString(),
                        "--trusted-root",
                        trusted.toString()))
                .as(out + " " + notes)
                .isZero();

        assertThat(Files.readString(copy.resolve("keys")))
                .isEqualTo(after.json().canonical());
        assertThat(run("log", "verify", "--url", copy.toString(), "--trusted-root", trusted.toString()))
                .isZero();
    }

    @Test
    void oneKeyAloneLeadsNowhere() throws IOException {
        Path newer = home.resolve("newer.json");
        String vkey = new VerifierKey(origin(), key(second)).encoded();

        assertThat(run("log", "verify", "--url", log.toString(), "--vkey", vkey))
                .isZero();
        assertThat(run("log", "verify", "--url", log.toString(), "--vkey", vkey, "--save-keys", newer.toString()))
                .isEqualTo(2);
    }

    private int verify(String... more) {
        String[] words = {"log", "verify", "--url", log.toString(), "--trusted-root", trusted.toString()};
        return run(Stream.of(words, more).flatMap(Stream::of).toArray(String[]::new));
    }

    private int run(String... arguments) {
        return Nuxari.run(
                arguments,
                new PrintStream(out, true, UTF_8),
                new PrintStream(notes, true, UTF_8),
                Map.of("XDG_CONFIG_HOME", home.toString()));
    }

    private static Path save(Path file, KeyManifest manifest) throws IOException {
        return Files.write(file, manifest.json().canonicalBytes());
    }

    private void write(String path, int size, IntFunction<byte[]> piece) throws IOException {
        Path file = log.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        var bytes = new ByteArrayOutputStream();
        for (int index = 0; index < size; index++) {
            bytes.writeBytes(piece.apply(index));
        }
        Files.write(file, bytes.toByteArray());
    }

    private static byte[] entry(int index) {
        return Json.object("organizationId", ORGANIZATION, "sequence", index).canonicalBytes();
    }

    private static SignedNote checkpoint(int size, SigningKey signer) {
        CompactRange range = CompactRange.empty();
        for (int index = 0; index < size; index++) {
            range = range.append(MerkleHash.leaf(entry(index)));
        }
        String text = new Checkpoint(origin(), size, range.root()).text();
        NoteSignature signature =
                NoteSignature.of(new VerifierKey(origin(), key(signer)), signer.sign(text.getBytes(UTF_8)));
        return new SignedNote(text, List.of(signature));
    }

    private static Ed25519PublicKey key(SigningKey signer) {
        return ((VerificationKey.Ed25519) signer.published().key()).key();
    }

    private static String origin() {
        return "nuxari.example/log/" + ORGANIZATION;
    }
}
