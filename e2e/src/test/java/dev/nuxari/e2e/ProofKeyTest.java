package dev.nuxari.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that the real broker gives to the program are bound to a key of the machine (DPoP, RFC 9449). */
@Claim("I6")
class ProofKeyTest {
    private final Composed stack = Composed.stack();

    @TempDir
    private Path folder;

    private ProgramAtHome auditor = new ProgramAtHome(Path.of(""), URI.create("http://localhost"));

    @BeforeEach
    void givenSomebodyWithAHomeOfTheirOwn() {
        auditor = new ProgramAtHome(folder.resolve("config"), stack.ground().url());
    }

    @Test
    void tokenIsOfNoUseToWhoHasFoundIt() throws IOException, InterruptedException {
        signIn();
        Json.Obj session = session();
        String token = session.string("accessToken");

        assertThat(claims(token).object("cnf").has("jkt")).isTrue();
        assertThat(me("Bearer " + token)).isEqualTo(401);
        assertThat(me("DPoP " + token)).isEqualTo(401);
        assertThat(auditor.run("audit", "list", "--limit", "1").code()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(auditor.sessionFile())))
                .isEqualTo("rw-------");
    }

    /** The refresh token is bound to the key as well: it is renewed with it, and not without. */
    @Test
    void tokenIsRenewedWithTheKeyAndNotWithout() throws IOException {
        signIn();
        Json.Obj session = session();
        Json.Obj expired = session.with("expiresAt", Instant.EPOCH);

        write(expired.without("proofKey"));
        assertThat(auditor.run("audit", "list", "--limit", "1").code()).isEqualTo(3);

        write(expired);
        assertThat(auditor.run("audit", "list", "--limit", "1").code()).isZero();
        assertThat(session().string("accessToken")).isNotEqualTo(session.string("accessToken"));
        assertThat(session().object("proofKey")).isEqualTo(session.object("proofKey"));
    }

    @Test
    void whoNeedsATokenForOtherToolsAsksForOne() throws IOException, InterruptedException {
        signIn("--no-proof");

        assertThat(session().has("proofKey")).isFalse();
        assertThat(me("Bearer " + session().string("accessToken"))).isEqualTo(200);
        assertThat(auditor.run("audit", "list", "--limit", "1").code()).isZero();
    }

    private void signIn(String... options) {
        auditor.signIn(stack.organization("acme").account("auditor"), options);
    }

    private Json.Obj session() throws IOException {
        return Json.parseObject(Files.readString(auditor.sessionFile()));
    }

    private void write(Json.Obj session) throws IOException {
        Files.writeString(auditor.sessionFile(), session.canonical());
    }

    private static Json.Obj claims(String token) {
        return Json.parseObject(new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), UTF_8));
    }

    private int me(String authorization) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(stack.ground().url().resolve("/api/v1/me"))
                .header("Authorization", authorization)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
