package dev.nuxari.server.agents;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.protocol.agent.AgentKey;
import dev.nuxari.server.agents.AgentGround.Host;
import dev.nuxari.server.api.Strangers;
import dev.nuxari.server.api.Turns;
import dev.nuxari.server.fairness.AllTurns;
import dev.nuxari.server.fairness.Crowd;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import dev.nuxari.transparency.Ed25519PrivateKey;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Whoever sits on the wire, or has an account and an agent somewhere else, at the agents' routes. */
@ServerTest
@Claim({"E2", "T4"})
class HostileRequestsTest {
    private static final String LOG = "/agent/v1/log?seen=0&keys=1";
    private static final String ADDRESS = "http://localhost:8080/agent/v1/log";
    private static final Duration SOON = Duration.ofSeconds(5);

    @Autowired
    TestHttp http;

    @Autowired
    ManualClock clock;

    @Autowired
    AgentProofs proofs;

    @Autowired
    Strangers strangers;

    @Autowired
    Turns turns;

    @Autowired
    WaitingAgents waiting;

    @SuppressWarnings("NullAway.Init")
    private AgentGround ground;

    @SuppressWarnings("NullAway.Init")
    private Host host;

    @BeforeEach
    void givenAnAgent() {
        ground = new AgentGround(http, clock, TestOrganization.fresh());
        host = ground.enrolled();
    }

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    private OrganizationId organization() {
        return ground.organization().id();
    }

    /** A key that nobody knows, and a token of the right form that nobody was given. */
    private Host stranger() {
        return ground.host(
                host.id().toString(),
                AgentGround.key(),
                AgentToken.random(organization()).text());
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A proof made by hand, by this key. */
    private static String proof(Ed25519PrivateKey key, Json.Obj head, Json.Obj claims) {
        String text = encoded(head.canonicalBytes()) + "." + encoded(claims.canonicalBytes());
        return text + "." + encoded(key.sign(text.getBytes(US_ASCII)));
    }

    private Json.Obj head() {
        return Json.object("alg", "Ed25519", "jwk", new AgentKey(host.key().publicKey()).jwk(), "typ", "dpop+jwt");
    }

    private Json.Obj claims() {
        return Json.object(
                "ath", encoded(Sha256.of(host.token().getBytes(US_ASCII))),
                "htm", "GET",
                "htu", ADDRESS,
                "iat", clock.instant().getEpochSecond(),
                "jti",
                        encoded(Sha256.of(String.valueOf(System.nanoTime()).getBytes(US_ASCII)))
                                .substring(0, 22));
    }

    private Answer shown(String proof) {
        return host.send("GET", LOG, null, proof);
    }

    @Test
    void proofMadeByHandWouldBeGood() {
        assertThat(shown(proof(host.key(), head(), claims().with("jti", encoded(new byte[16]))))
                        .status())
                .isEqualTo(200);
    }

    /** Each differs from a good one in one thing. */
    @Test
    void proofOfAnythingElseIsNone() {
        Json.Obj good = claims().with("jti", encoded(new byte[16]));
        Map<String, String> wrong = new LinkedHashMap<>();
        Stream.of(
                        List.of("htm", "POST"),
                        List.of("htm", "get"),
                        List.of("htu", ADDRESS + "/"),
                        List.of("htu", ADDRESS + "?seen=0&keys=1"),
                        List.of("htu", ADDRESS.replace("localhost", "elsewhere.example")),
                        List.of("htu", ADDRESS.replace("http:", "https:")),
                        List.of("htu", ADDRESS.replace("/log", "/packages")),
                        List.of("ath", encoded(Sha256.of("nxa_".getBytes(US_ASCII)))),
                        List.of("jti", ""),
                        List.of("jti", encoded(new byte[15])),
                        List.of("nonce", "AAAA"))
                .forEach(one ->
                        wrong.put(one.toString(), proof(host.key(), head(), good.with(one.getFirst(), one.getLast()))));
        wrong.put("one claim more", proof(host.key(), head(), good.with("exp", 99_999_999_999L)));
        wrong.put("no time", proof(host.key(), head(), good.without("iat")));
        wrong.put("alg none", proof(host.key(), head().with("alg", "none"), good));
        wrong.put("alg EdDSA", proof(host.key(), head().with("alg", "EdDSA"), good));
        wrong.put("another type", proof(host.key(), head().with("typ", "JWT"), good));
        wrong.put("a header more", proof(host.key(), head().with("kid", "x"), good));
        wrong.put("signed by another key", proof(AgentGround.key(), head(), good));
        String real = proof(host.key(), head(), good);
        wrong.put("unsigned", real.substring(0, real.lastIndexOf('.') + 1));
        wrong.put("two parts", real.substring(0, real.lastIndexOf('.')));
        wrong.put("padded", real + "=");
        wrong.put("longer than any", real + "A".repeat(4_096));

        wrong.forEach(
                (what, proof) -> assertThat(shown(proof).problem()).as(what).isEqualTo("unauthenticated"));
        assertThat(http.anonymous()
                        .with("Authorization", "DPoP " + host.token())
                        .with("DPoP", real)
                        .with("DPoP", real)
                        .get(LOG)
                        .problem())
                .isEqualTo("unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(longs = {-61, 61, -100_000_000, 100_000_000})
    void proofOfAnotherTimeIsNone(long seconds) {
        Instant at = clock.instant().plusSeconds(seconds);
        Answer answer = shown(host.proof("GET", LOG, at, null));

        assertThat(answer.problem()).isEqualTo("unauthenticated");
        assertThat(answer.header("DPoP-Nonce")).isPresent();
    }

    @Test
    void nonceEndsAndIsOnlyOneThatWasGiven() {
        String nonce = shown(host.proof("GET", LOG, clock.instant().minusSeconds(600), null))
                .header("DPoP-Nonce")
                .orElseThrow();
        byte[] altered = Base64.getUrlDecoder().decode(nonce);
        altered[7] ^= 1;
        clock.advance(Duration.ofMinutes(5));
        String captured = host.proof("GET", LOG, clock.instant().minusSeconds(600), nonce);

        for (String proof :
                List.of(captured, host.proof("GET", LOG, clock.instant().minusSeconds(600), encoded(altered)))) {
            assertThat(shown(proof).problem()).isEqualTo("unauthenticated");
        }
    }

    /** Else an outsider would have all turns of whatever organization he names. */
    @Test
    void whoShowsNothingTakesNoTurnOfTheOrganization() throws Exception {
        try (AllTurns _ = new AllTurns(turns, organization())) {
            CompletableFuture<Answer> asked =
                    CompletableFuture.supplyAsync(() -> stranger().get(LOG));

            assertThat(asked.get(SOON.toSeconds(), TimeUnit.SECONDS).problem()).isEqualTo("unauthenticated");
        }
    }

    @Test
    void whoIsKnownDoesNotWaitForStrangers() throws Exception {
        assertThat(host.get(LOG).status()).isEqualTo(200);
        try (var _ = new Crowd(strangers, Strangers.AT_ONCE)) {
            CompletableFuture<Answer> known = CompletableFuture.supplyAsync(() -> host.get(LOG));
            CompletableFuture<Answer> unknown =
                    CompletableFuture.supplyAsync(() -> stranger().get(LOG));

            assertThat(known.get(SOON.toSeconds(), TimeUnit.SECONDS).status()).isEqualTo(200);
            assertThat(unknown).isNotDone();
        }
    }

    @Test
    void strangersBeyondThoseThatMayWaitAreSentAway() throws Exception {
        assertThat(host.get(LOG).status()).isEqualTo(200);
        try (var _ = new Crowd(strangers, Strangers.AT_ONCE + Strangers.MOST_WAITING)) {
            Answer crowded =
                    CompletableFuture.supplyAsync(() -> stranger().get(LOG)).get(SOON.toSeconds(), TimeUnit.SECONDS);

            assertThat(crowded.status()).isEqualTo(429);
            assertThat(crowded.header("Retry-After")).hasValue("5");
            assertThat(host.get(LOG).status()).isEqualTo(200);
        }
    }

    /** It is bounded, and everybody would be refused when it is full. */
    @Test
    void proofsOfStrangersAreNotRemembered() {
        Host stranger = stranger();
        stranger.get(LOG);
        host.get(LOG);

        assertThat(proofs.remembered(stranger.thumbprint())).isZero();
        assertThat(proofs.remembered(host.thumbprint())).isPositive();
    }

    @Test
    void agentThatHasEndedSaysNothingMore() throws Exception {
        int before = waiting.waiting();
        CompletableFuture<Answer> waits = CompletableFuture.supplyAsync(() -> host.packages(60, 0));
        await().atMost(SOON).until(() -> waiting.waiting() > before);
        ground.owner().post("/agents/" + host.id() + "/revocations", "{'lost': true}");
        Json.Obj nothing = Json.object("v", 1);

        waiting.call(organization(), new AgentId(host.id()));
        assertThat(waits.get(2 * SOON.toSeconds(), TimeUnit.SECONDS).status()).isEqualTo(401);
        for (Answer answer : List.of(
                host.packages(0, 0),
                host.get(LOG),
                host.receipts(),
                host.observations(host.health(1, "0.1.0")),
                host.post("/agent/v1/cosignatures", nothing),
                host.post("/agent/v1/token", nothing),
                host.enrol())) {
            assertThat(answer.problem()).isEqualTo("unauthenticated");
        }
    }

    private static Stream<byte[]> bodies() {
        String deep = "[".repeat(40) + "]".repeat(40);
        Stream<String> texts = Stream.of(
                "",
                "null",
                "[]",
                "\"x\"",
                "{",
                "{}",
                "{\"v\":2}",
                "{\"v\":1,\"v\":1}",
                "{\"v\":1,\"receipts\":" + deep + "}",
                "{\"v\":1,\"receipts\":[{\"payload\":\"\",\"payloadType\":\"\",\"signatures\":" + deep + "}]}",
                "{\"v\":1,\"receipts\":[null]}",
                "{\"v\":1e400,\"receipts\":[]}",
                "{\"v\":1,\"observations\":[{\"payload\":\"!\",\"payloadType\":\"\\u0000\",\"signatures\":[]}]}",
                "{\"v\":1,\"checkpoint\":\"\\u0000\\n\\n— a b\\n\"}",
                "{\"v\":1,\"checkpoint\":\"\\ud800\"}",
                "{\"v\":1,\"hostName\":\"a\\u0000\",\"version\":\"1\",\"capabilities\":[]}",
                "{\"v\":1,\"token\":\"" + "x".repeat(1_100_000) + "\"}");
        Stream<byte[]> noTexts = Stream.of(
                new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'}, "{\"v\":1}".getBytes(UTF_16BE), new byte[100]);
        return Stream.concat(texts.map(text -> text.getBytes(UTF_8)), noTexts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"receipts", "observations", "cosignatures", "token"})
    void bodyThatIsNoneIsRefused(String route) {
        String path = "/agent/v1/" + route;
        bodies().forEach(body -> {
            Answer answer = sent(host, path, body);
            assertThat(answer.status())
                    .as("%d bytes to %s: %s", body.length, route, answer.body())
                    .isIn(400, 413, 422);
        });
        assertThat(host.packages(0, 0).status()).isEqualTo(200);
    }

    @Test
    void bodyThatIsNoneEnrolsNobodyAndUsesNothingUp() {
        String id = ground.pending();
        Host enrolling = ground.host(id, AgentGround.key(), ground.issued(id).string("token"));
        bodies().forEach(body -> assertThat(
                        sent(enrolling, "/agent/v1/enroll", body).status())
                .as("%d bytes", body.length)
                .isIn(400, 413, 422));

        assertThat(enrolling.enrol().status()).isEqualTo(201);
    }

    private Answer sent(Host who, String path, byte[] body) {
        return http.anonymous()
                .with("Authorization", (who.token().startsWith("nxe_") ? "Bearer " : "DPoP ") + who.token())
                .with("DPoP", who.proof("POST", path, clock.instant(), null))
                .with("Content-Type", "application/json")
                .exchange("POST", path, BodyPublishers.ofByteArray(body));
    }

    static Stream<String> questions() {
        String query = "packages?wait=%s&seen=%s&keys=%s&after=%s";
        return Stream.of(
                query.formatted("61", "0", "1", "0"),
                query.formatted("-1", "0", "1", "0"),
                query.formatted("0", "-1", "1", "0"),
                query.formatted("0", "0", "-1", "0"),
                query.formatted("0", "0", "1", "-1"),
                query.formatted("0", "0", "1", "9007199254740993"),
                query.formatted("0", "0", "1", Long.toString(Long.MAX_VALUE)),
                query.formatted("0", Long.toString(Long.MAX_VALUE), "1", "0"),
                query.formatted("x", "0", "1", "0"),
                query.formatted("0", "0", "99999999999", "0"),
                query.formatted("", "", "", ""),
                "packages",
                "log?seen=-1&keys=1",
                "log?seen=0&keys=-1",
                "log?seen=99999999999999999999&keys=1");
    }

    @ParameterizedTest
    @MethodSource("questions")
    void questionThatIsNoneIsRefused(String question) {
        Answer answer = host.get("/agent/v1/" + question);

        assertThat(answer.status()).as(answer.body()).isBetween(400, 422);
    }

    /** What the filter does not take for an agents' route, the router may. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%61gent/v1/log?seen=0&keys=1",
                "/agent/%761/log?seen=0&keys=1",
                "//agent/v1/log?seen=0&keys=1",
                "/agent/../agent/v1/log?seen=0&keys=1",
                "/agent/v1/log;x=y?seen=0&keys=1",
                "/Agent/v1/log?seen=0&keys=1",
                "/agent/v1/log/?seen=0&keys=1",
                "/api/../agent/v1/log?seen=0&keys=1"
            })
    void addressInAnotherSpellingOpensNothing(String path) {
        for (String proven : List.of(path, LOG)) {
            Answer answer = http.withToken("x")
                    .with("DPoP", host.proof("GET", proven.replaceFirst("^//", "/"), clock.instant(), null))
                    .get(path);
            // Some of them are pages of the console to it.
            assertThat(answer.status() < 500 && !answer.body().contains("checkpoint"))
                    .as("%d %s", answer.status(), answer.body())
                    .isTrue();
        }
    }
}
