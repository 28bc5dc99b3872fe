package dev.nuxari.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nuxari.cli.api.Session;
import dev.nuxari.cli.api.Sessions;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.protocol.EvidenceCollectionWriter;
import dev.nuxari.protocol.EvidenceSelector;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.protocol.KeyName;
import dev.nuxari.protocol.PublishedKey;
import dev.nuxari.protocol.SigningKey;
import dev.nuxari.protocol.VerificationKey;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.CompactRange;
import dev.nuxari.transparency.Ed25519PrivateKey;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.NoteSigner;
import dev.nuxari.transparency.RangeProof;
import dev.nuxari.transparency.SignedNote;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The evidence of a period is collected, and verified with no server in reach. */
@Claim("V4")
class CollectionTest {
    private static final OrganizationId ORGANIZATION = new OrganizationId(UUID.randomUUID());
    private static final Instant DAY = Instant.parse("2026-01-31T00:00:00Z");
    private static final Ed25519PrivateKey PRIVATE = Ed25519PrivateKey.generate(new SecureRandom());
    private static final KeyManifest KEYS = keys();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void isWrittenAsItComesAndVerifies() throws IOException {
        Path file = folder.resolve("day.jsonl");
        try (Answering server = new Answering(200, collection())) {
            signIn(server);
            int code = run(
                    "evidence",
                    "collect",
                    "--from",
                    "2026-01-31",
                    "--to",
                    "2026-01-31T12:00:00Z",
                    "--account",
                    "7f3c/ada lovelace",
                    "--file",
                    file.toString());

            assertThat(code).as(notes.toString(UTF_8)).isZero();
            assertThat(server.asked)
                    .hasToString("/api/v1/organizations/" + ORGANIZATION
                            + "/evidence-collections?from=2026-01-31T00%3A00%3A00Z&to=2026-01-31T12%3A00%3A00Z"
                            + "&account=7f3c%2Fada%20lovelace");
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(collection());

        assertThat(run("verify", file.toString())).as(out.toString(UTF_8)).isZero();
        assertThat(out.toString(UTF_8))
                .contains(
                        "Verified: all 0 packages sealed from 2026-01-31T00:00:00.000Z to before 2026-02-01T00:00:00.000Z")
                .contains("of a log of 3 entries, 1 up to 2 (not included) are shown whole")
                .contains("compare their fingerprint");
    }

    @Test
    void isVerifiedWithTheKeysOfTheOrganization() throws IOException {
        Path file = written("day.jsonl", collection());
        Path root = written("keys.json", KEYS.json().canonicalBytes());

        assertThat(run("verify", file.toString(), "--trusted-root", root.toString()))
                .isZero();
        assertThat(out.toString(UTF_8)).contains("the keys are those of the trusted root");
        assertThat(run("verify", file.toString(), "--trusted-root", file.toString()))
                .isEqualTo(2);
    }

    @Test
    void isRefutedWithAnEntryLeftOut() throws IOException {
        List<String> lines = new String(collection(), UTF_8).lines().toList();
        Path file =
                written("day.jsonl", (lines.get(0) + "\n" + lines.get(1) + "\n" + lines.get(3) + "\n").getBytes(UTF_8));

        assertThat(run("verify", file.toString())).isEqualTo(1);
        assertThat(out.toString(UTF_8)).startsWith("Refuted: entries: ").contains("line 3");
    }

    @Test
    void isNotWrittenWhereTheServerRefuses() throws IOException {
        Path file = folder.resolve("day.jsonl");
        String problem =
                "{\"type\": \"/problems/period-not-over\", \"title\": \"The period is not over\", \"status\": 422}";
        try (Answering server = new Answering(422, problem.getBytes(UTF_8))) {
            signIn(server);
            assertThat(run(
                            "evidence",
                            "collect",
                            "--from",
                            "2026-01-31",
                            "--to",
                            "2036-01-31",
                            "--file",
                            file.toString()))
                    .isEqualTo(1);
        }
        assertThat(notes.toString(UTF_8)).contains("The period is not over");
        assertThat(folder)
                .isDirectoryNotContaining(written -> written.toString().contains("day"));
    }

    private static KeyManifest keys() {
        SigningKey log = log();
        return KeyManifest.issue(ORGANIZATION, 1, DAY, List.of(log.published()), log);
    }

    private static SigningKey log() {
        var key = new VerificationKey.Ed25519(PRIVATE.publicKey());
        return new SigningKey(PublishedKey.of(ORGANIZATION, KeyName.LOG, key, DAY), PRIVATE::sign);
    }

    /** A day on which one thing happened, between the day before and the one after. */
    private static byte[] collection() throws IOException {
        List<Json.Obj> events = List.of(event(0, DAY.minusSeconds(1)), event(1, DAY), event(2, DAY.plusSeconds(86400)));
        CompactRange tree = CompactRange.empty();
        for (Json.Obj event : events) {
            tree = tree.append(MerkleHash.leaf(event.canonicalBytes()));
        }
        String origin = "nuxari.example/log/" + ORGANIZATION;
        SignedNote checkpoint = new Checkpoint(origin, 3, tree.root()).sign(new NoteSigner(origin, PRIVATE));
        var selector = new EvidenceSelector(DAY, DAY.plusSeconds(86400), new EvidenceSelector.Anything());
        var file = new ByteArrayOutputStream();
        var writer = new EvidenceCollectionWriter(
                file, KEYS, checkpoint, selector, new RangeProof(0, 3, 3, List.of(), List.of()));
        for (Json.Obj event : events) {
            writer.entry(event);
        }
        return file.toByteArray();
    }

    private static Json.Obj event(int sequence, Instant at) {
        return Json.object(
                "organizationId",
                ORGANIZATION,
                "sequence",
                sequence,
                "at",
                at,
                "action",
                "x.y",
                "outcome",
                "succeeded");
    }

    private int run(String... arguments) {
        return Nuxari.run(
                arguments,
                new PrintStream(out, true, UTF_8),
                new PrintStream(notes, true, UTF_8),
                Map.of("XDG_CONFIG_HOME", folder.toString()));
    }

    private Path written(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private void signIn(Answering server) {
        new Sessions(folder.resolve("nuxari"))
                .save(new Session(
                        server.address(),
                        server.address(),
                        ORGANIZATION.toString(),
                        "ada@acme.example",
                        new Session.Tokens("access", "refresh", Instant.parse("2126-01-01T00:00:00Z"))));
    }

    /** A server that answers every question alike. */
    private static final class Answering implements AutoCloseable {
        private final HttpServer server;
        private URI asked = URI.create("");

        Answering(int status, byte[] body) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> answer(exchange, status, body));
            server.start();
        }

        private void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
            asked = exchange.getRequestURI();
            exchange.sendResponseHeaders(status, 0);
            exchange.getResponseBody().write(body);
            exchange.close();
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
