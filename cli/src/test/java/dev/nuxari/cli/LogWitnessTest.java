package dev.nuxari.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.protocol.agent.Cosignature;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.CompactRange;
import dev.nuxari.transparency.Ed25519PrivateKey;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.NoteSigner;
import dev.nuxari.transparency.SignedNote;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log of three entries in a folder or on a server, and agents that have cosigned its checkpoint, or something else. */
@Claim("V2")
class LogWitnessTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String HOST = "nuxari.example";
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream notes = new ByteArrayOutputStream();
    private final OrganizationId organization = new OrganizationId(UUID.randomUUID());
    private final String origin = HOST + "/log/" + organization;
    private final Ed25519PrivateKey logKey = Ed25519PrivateKey.generate(RANDOM);
    private final NoteSigner signer = new NoteSigner(origin, logKey);
    private final Witness first = new Witness();
    private final Witness second = new Witness();

    @TempDir
    private Path home = Path.of("");

    private Path log = Path.of("");

    /** An agent of the organization. */
    private static final class Witness {
        private final Ed25519PrivateKey key = Ed25519PrivateKey.generate(RANDOM);
        private final UUID id = UUID.randomUUID();

        SignedNote cosign(SignedNote note) {
            return cosign(note, NOW);
        }

        SignedNote cosign(SignedNote note, Instant at) {
            return cosignature().sign(note, key, at);
        }

        Cosignature cosignature() {
            return Cosignature.of(HOST + "/log/x", id, key.publicKey());
        }

        String vkey() {
            return cosignature().encoded();
        }
    }

    @BeforeEach
    void logOfThreeEntries() throws IOException {
        log = Files.createDirectory(home.resolve("log"));
        for (int size = 2; size <= 3; size++) {
            write("tile/entries/000.p/" + size, size, index -> {
                byte[] entry = entry(index);
                return ByteBuffer.allocate(2 + entry.length)
                        .putShort((short) entry.length)
                        .put(entry)
                        .array();
            });
            write(
                    "tile/0/000.p/" + size,
                    size,
                    index -> MerkleHash.leaf(entry(index)).bytes());
        }
    }

    @Test
    void enoughWitnessesVouchForTheLog() throws IOException {
        serve(second.cosign(first.cosign(checkpoint(3)), NOW.plusSeconds(9)));

        assertThat(verify(2, first.vkey(), second.vkey())).as(out + " " + notes).isZero();

        assertThat(out.toString(UTF_8))
                .startsWith("Verified: 3 entries")
                .contains("cosigned by 2 witnesses, 2 of them at 2026-11-23T10:00:00Z");
        // Without the question nobody looks at them.
        assertThat(run(
                        "log",
                        "verify",
                        "--url",
                        log.toString(),
                        "--vkey",
                        signer.verifierKey().encoded()))
                .isZero();
    }

    /** Others have cosigned the newest one: that is no matter of who has named these two. */
    @Test
    void newestCheckpointWithEnoughOfTheNamedIsVerified() throws IOException {
        serveNewestAndCosigned(
                new Witness().cosign(new Witness().cosign(checkpoint(3))), second.cosign(first.cosign(checkpoint(2))));

        assertThat(verifyServed(first.vkey(), second.vkey()))
                .as(out + " " + notes)
                .isZero();

        assertThat(out.toString(UTF_8)).startsWith("Verified: 2 entries");
    }

    /** A log that lies has more than too few cosignatures. */
    @Test
    void tooFewAreNotShownAndRefuteNothing() throws IOException {
        Path kept = home.resolve("kept");
        serve(first.cosign(checkpoint(3)));

        assertThat(verify(2, first.vkey(), second.vkey(), "--save", kept.toString()))
                .isEqualTo(4);

        assertThat(out.toString(UTF_8))
                .startsWith("Not shown: checkpoint is cosigned by 1 of the named witnesses, and 2 are needed")
                .doesNotContain("Refuted", "Verified");
        assertThat(notes.toString(UTF_8)).contains("Nothing is refuted: 3 entries");
        assertThat(kept).doesNotExist();
        assertThat(verify(2, first.vkey(), second.vkey(), "--output", "json")).isEqualTo(4);
        assertThat(out.toString(UTF_8)).contains("\"verified\":false", "\"notShown\":", "\"size\":3");
    }

    @Test
    void whatTheServerCannotShowIsNotRefuted() throws IOException {
        serve(checkpoint(3));

        assertThat(verifyServed(first.vkey(), second.vkey())).isEqualTo(4);

        assertThat(out.toString(UTF_8)).startsWith("Not shown: checkpoint is cosigned by 0 of the named witnesses");
    }

    /** A log that does not hold is refuted, however few have cosigned it. */
    @Test
    void brokenLogIsRefutedAlsoWhereNothingIsShown() throws IOException {
        serve(checkpoint(3));
        Files.write(log.resolve("tile/0/000.p/3"), new byte[96]);

        assertThat(verifyServed(first.vkey(), second.vkey())).isEqualTo(1);
    }

    @Test
    void manyWitnessesAreNamedInOneQuestionButNotAll() throws IOException {
        serve(checkpoint(3));
        String[] many = Stream.generate(() -> new Witness().vkey()).limit(51).toArray(String[]::new);

        assertThat(verifyServed(many)).isEqualTo(2);
        assertThat(notes.toString(UTF_8)).contains("At most 50 witnesses");
        assertThat(verifyServed(Stream.of(many).limit(50).toArray(String[]::new)))
                .isEqualTo(4);
    }

    @Test
    void oneWitnessIsOneHoweverOftenItSigns() throws IOException {
        serve(first.cosign(first.cosign(checkpoint(3)), NOW.plusSeconds(60)));

        assertThat(verify(2, first.vkey(), second.vkey())).isEqualTo(4);
        assertThat(verify(2, first.vkey(), first.vkey())).isEqualTo(2);
    }

    /** One key in two names: both lines verify, and it is still one that says so. */
    @Test
    void oneKeyIsOneWitnessUnderEachName() throws IOException {
        Cosignature alias = Cosignature.of(origin, UUID.randomUUID(), first.key.publicKey());
        serve(alias.sign(first.cosign(checkpoint(3)), first.key, NOW));

        assertThat(verify(2, first.vkey(), alias.encoded(), second.vkey())).isEqualTo(4);
        assertThat(out.toString(UTF_8)).contains("cosigned by 1 of");
    }

    /** Whoever shows such a line shows what its witness has not signed. */
    @Test
    void witnessOfAnotherLogSaysNothingOfThisOne() throws IOException {
        String other = new Checkpoint(HOST + "/log/" + UUID.randomUUID(), 3, root(3)).text();
        SignedNote elsewhere = second.cosign(SignedNote.sign(other, signer));
        serve(first.cosign(checkpoint(3)).with(elsewhere.signatures().getLast()));

        assertThat(verify(2, first.vkey(), second.vkey())).isEqualTo(1);
        assertThat(verify(1, first.vkey(), second.vkey())).isEqualTo(1);
        assertThat(verify(1, first.vkey())).isZero();

        assertThat(out.toString(UTF_8))
                .contains("Refuted: checkpoint has a line in the name of "
                        + second.cosignature().name());
    }

    @Test
    void witnessThatWasNotNamedDoesNotCount() throws IOException {
        Witness stranger = new Witness();
        serve(stranger.cosign(first.cosign(checkpoint(3))));

        assertThat(verify(2, first.vkey(), second.vkey())).isEqualTo(4);
    }

    @Test
    void cosignatureOfAnOlderCheckpointDoesNotCount() throws IOException {
        SignedNote older = second.cosign(checkpoint(2));
        serve(first.cosign(checkpoint(3)).with(older.signatures().getLast()));

        assertThat(verify(2, first.vkey(), second.vkey())).isEqualTo(1);
    }

    @Test
    void olderCheckpointIsNotTakenByWhoKeptANewerOne() throws IOException {
        Path kept = Files.writeString(home.resolve("kept"), checkpoint(3).encoded());
        serve(second.cosign(first.cosign(checkpoint(2))));

        assertThat(verify(2, first.vkey(), second.vkey(), "--from", kept.toString()))
                .isEqualTo(1);
    }

    /** An honest log: who keeps a checkpoint of this minute is ahead of witnesses that cosign once in a minute. */
    @Test
    void witnessesThatHaveNotSeenAsMuchYetRefuteNothing() throws IOException {
        Path kept = Files.writeString(home.resolve("kept"), checkpoint(3).encoded());
        serveNewestAndCosigned(checkpoint(3), second.cosign(first.cosign(checkpoint(2))));

        assertThat(verifyServed(first.vkey(), second.vkey(), "--from", kept.toString()))
                .isEqualTo(4);

        assertThat(out.toString(UTF_8))
                .startsWith(
                        "Not shown: checkpoint that enough of the named witnesses have cosigned is of 2 entries, and you"
                                + " kept one of 3.");
        assertThat(notes.toString(UTF_8)).contains("Nothing is refuted: 3 entries");
    }

    @Test
    void logThatDoesNotContinueWhatItsWitnessesSawIsRefuted() throws IOException {
        Path kept = Files.writeString(home.resolve("kept"), checkpoint(3).encoded());
        MerkleHash other = MerkleHash.leaf(entry(7));
        SignedNote fork = SignedNote.sign(new Checkpoint(origin, 2, other).text(), signer);
        serveNewestAndCosigned(checkpoint(3), second.cosign(first.cosign(fork)));

        assertThat(verifyServed(first.vkey(), second.vkey(), "--from", kept.toString()))
                .isEqualTo(1);
        assertThat(out.toString(UTF_8)).startsWith("Refuted: ");
    }

    @Test
    void logThatDoesNotContinueWhatWasKeptIsRefutedWhateverItsWitnessesSaw() throws IOException {
        SignedNote fork = SignedNote.sign(new Checkpoint(origin, 3, MerkleHash.leaf(entry(7))).text(), signer);
        Path kept = Files.writeString(home.resolve("kept"), fork.encoded());
        serveNewestAndCosigned(checkpoint(3), second.cosign(first.cosign(checkpoint(2))));

        assertThat(verifyServed(first.vkey(), second.vkey(), "--from", kept.toString()))
                .isEqualTo(1);
    }

    /** A server that does not know which witnesses are asked for answers with what others have cosigned. */
    @Test
    void olderCheckpointThatTooFewHaveCosignedIsNoExcuse() throws IOException {
        Path kept = Files.writeString(home.resolve("kept"), checkpoint(3).encoded());
        serveNewestAndCosigned(checkpoint(3), first.cosign(checkpoint(2)));

        assertThat(verifyServed(first.vkey(), second.vkey(), "--from", kept.toString()))
                .isEqualTo(4);
        serveNewestAndCosigned(checkpoint(2), first.cosign(checkpoint(2)));
        assertThat(verifyServed(first.vkey(), second.vkey(), "--from", kept.toString()))
                .isEqualTo(1);
    }

    @Test
    void olderCheckpointWithAForgedLineIsRefuted() throws IOException {
        Path kept = Files.writeString(home.resolve("kept"), checkpoint(3).encoded());
        SignedNote newer = second.cosign(checkpoint(3));
        serveNewestAndCosigned(
                checkpoint(3),
                first.cosign(checkpoint(2)).with(newer.signatures().getLast()));

        assertThat(verifyServed(first.vkey(), second.vkey(), "--from", kept.toString()))
                .isEqualTo(1);
    }

    @Test
    void logIsNoWitnessOfItself() throws IOException {
        Cosignature itself = Cosignature.of(origin, UUID.randomUUID(), logKey.publicKey());
        serve(itself.sign(first.cosign(checkpoint(3)), logKey, NOW));

        assertThat(verify(2, first.vkey(), itself.encoded())).isEqualTo(2);
        assertThat(notes.toString(UTF_8)).contains("The log's own key is no witness");
        assertThat(verify(1, signer.verifierKey().encoded())).isEqualTo(2);
    }

    @Test
    void witnessOfAnotherServerIsNone() throws IOException {
        serve(first.cosign(checkpoint(3)));
        Cosignature foreign = Cosignature.of("other.example/log/x", first.id, first.key.publicKey());

        assertThat(verify(1, foreign.encoded())).isEqualTo(2);
    }

    @Test
    void keysComeFromAFileToo() throws IOException {
        serve(second.cosign(first.cosign(checkpoint(3))));
        Path file = Files.writeString(
                home.resolve("witnesses"), "# db1 and db2\n" + first.vkey() + "\n\n" + second.vkey() + "\n");

        assertThat(verify(2, "--witness-keys", file.toString()))
                .as(out + " " + notes)
                .isZero();
        assertThat(run(
                        "log",
                        "verify",
                        "--url",
                        log.toString(),
                        "--vkey",
                        signer.verifierKey().encoded(),
                        "--witness-keys",
                        file.toString()))
                .isEqualTo(2);
    }

    private int verify(int needed, String... keysAndMore) {
        Stream<String> words = Stream.of(
                "log",
                "verify",
                "--url",
                log.toString(),
                "--vkey",
                signer.verifierKey().encoded(),
                "--witnesses",
                Integer.toString(needed));
        return run(Stream.concat(words, more(keysAndMore)).toArray(String[]::new));
    }

    /** With two of them needed, from a server, which alone can be asked for other checkpoints than the newest. */
    private int verifyServed(String... keysAndMore) throws IOException {
        Path token = Files.writeString(home.resolve("token"), "any");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/log/" + organization + "/", this::answer);
        server.start();
        try {
            Stream<String> words = Stream.of(
                    "log",
                    "verify",
                    "--url",
                    "http://localhost:" + server.getAddress().getPort() + "/log/" + organization,
                    "--token-file",
                    token.toString(),
                    "--vkey",
                    signer.verifierKey().encoded(),
                    "--witnesses",
                    "2");
            return run(Stream.concat(words, more(keysAndMore)).toArray(String[]::new));
        } finally {
            server.stop(0);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        String path = exchange.getRequestURI().getPath().replaceFirst("^/log/[^/]*/", "");
        boolean known = query == null || query.equals("witnesses=2&of=" + first.id + "," + second.id);
        Path file = (query == null ? log : home.resolve("cosigned")).resolve(path);
        byte[] body = known && Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** What the server answers to who asks for the cosignatures of these two. */
    private void serveNewestAndCosigned(SignedNote newest, SignedNote cosigned) throws IOException {
        serve(newest);
        Files.createDirectories(home.resolve("cosigned"));
        Files.writeString(home.resolve("cosigned").resolve("checkpoint"), cosigned.encoded());
    }

    private static Stream<String> more(String... keysAndMore) {
        return Stream.of(keysAndMore)
                .flatMap(word -> word.contains("+") ? Stream.of("--witness-key", word) : Stream.of(word));
    }

    private int run(String... arguments) {
        return Nuxari.run(
                arguments,
                new PrintStream(out, true, UTF_8),
                new PrintStream(notes, true, UTF_8),
                Map.of("XDG_CONFIG_HOME", home.toString()));
    }

    private void serve(SignedNote note) throws IOException {
        Files.writeString(log.resolve("checkpoint"), note.encoded());
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

    private byte[] entry(int index) {
        return Json.object("organizationId", organization, "sequence", index).canonicalBytes();
    }

    private MerkleHash root(int size) {
        CompactRange range = CompactRange.empty();
        for (int index = 0; index < size; index++) {
            range = range.append(MerkleHash.leaf(entry(index)));
        }
        return range.root();
    }

    private SignedNote checkpoint(int size) {
        return SignedNote.sign(new Checkpoint(origin, size, root(size)).text(), signer);
    }
}
