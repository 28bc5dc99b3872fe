package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.agent.action.Actions;
import dev.nuxari.agent.posture.PosturePack;
import dev.nuxari.agent.posture.SignedPack;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.protocol.KeyName;
import dev.nuxari.protocol.SigningKey;
import dev.nuxari.protocol.agent.PlatformInHand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs that a server passes on which may be anybody's. */
@Claim("E5")
class OfferedPacksTest {
    private final SigningKey maker = SigningKey.generate(
            new PlatformInHand().organization(), KeyName.ACTION, Instant.parse("2026-11-28T10:00:00.000Z"));

    @TempDir
    private Path home;

    private PlatformServer server;
    private EnrolledAgent agent;
    private Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @BeforeEach
    void enrol() throws Exception {
        home = home.toRealPath();
        trust(maker);
        server = new PlatformServer();
        server.clock = () -> now;
        agent = EnrolledAgent.enrol(home, server, Actions.ofThisHost(), () -> now);
    }

    @AfterEach
    void stop() {
        agent.close();
        server.close();
    }

    private void trust(SigningKey... keys) throws IOException {
        List<String> named = List.of(keys).stream()
                .map(key ->
                        Base64.getEncoder().encodeToString(key.published().key().encoded()))
                .toList();
        EnrolledAgent.allow(
                home,
                Json.object("v", 1, "maximumPlanAgeDays", 30, "actions", List.of(), "posturePackKeys", named)
                        .canonical());
    }

    private static Json.Obj pack(int version) throws IOException {
        try (var in = Objects.requireNonNull(PosturePack.class.getResourceAsStream("linux-posture.json"))) {
            Json.Obj builtIn = Json.parseObject(new String(in.readAllBytes(), UTF_8));
            return builtIn.with("version", version)
                    .with("checks", builtIn.objects("checks").subList(0, 3));
        }
    }

    private static Json.Obj signed(Json.Obj pack, SigningKey key) {
        return DsseEnvelope.sign(SignedPack.PAYLOAD_TYPE, pack, key.published().keyId(), key::sign)
                .json();
    }

    /** The agent an hour later, to whom this is offered. */
    private int after(Json.Obj offered) throws Exception {
        server.posturePack = Optional.of(offered);
        now = now.plus(Duration.ofHours(1));
        agent.turn();
        return new PostureShelf(agent.folder.posture()).current().version();
    }

    @Test
    void newerPackOfATrustedMakerIsUsed() throws Exception {
        assertThat(after(signed(pack(7), maker))).isEqualTo(7);

        assertThat(server.requests).contains("GET posture-pack?name=linux-posture&above=1");
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        new StatusReport(agent.folder, EnrolledAgent.policy(home), new PrintStream(said, true, UTF_8)).print();
        assertThat(said.toString(UTF_8)).contains("posture  linux-posture, version 7");
    }

    /** A server that was taken over has every key of the organization, and none of the makers'. */
    @Test
    void whatIsOlderOrOfAnotherKeyOrAlteredLeavesTheFormerInUse() throws Exception {
        after(signed(pack(7), maker));
        Json.Obj good = signed(pack(9), maker);
        Json.Obj altered = good.with("payload", Base64.getEncoder().encodeToString(pack(10).canonicalBytes()));

        assertThat(after(signed(pack(8), server.platform.actionKey()))).isEqualTo(7);
        assertThat(after(altered)).isEqualTo(7);
        assertThat(after(signed(pack(6), maker))).isEqualTo(7);
        assertThat(after(signed(pack(7), maker))).isEqualTo(7);
        assertThat(after(Json.object("nonsense", true))).isEqualTo(7);
        assertThat(after(signed(pack(8).with("name", "other"), maker))).isEqualTo(7);
        assertThat(after(good)).isEqualTo(9);
    }

    @Test
    void anyOfTheTrustedMakersMayHaveSigned() throws Exception {
        SigningKey other = SigningKey.generate(server.platform.organization(), KeyName.ACTION, now);
        assertThat(after(signed(pack(7), other))).isEqualTo(1);

        trust(maker, other);
        assertThat(after(signed(pack(7), other))).isEqualTo(7);
        assertThat(after(signed(pack(8), maker))).isEqualTo(8);
    }

    @Test
    void hostThatTrustsNobodyAsksNobodyAndOthersAskOnceAnHour() throws Exception {
        trust();
        after(signed(pack(7), maker));
        assertThat(asked()).isZero();

        trust(maker);
        agent.turn();
        now = now.plus(Duration.ofMinutes(59));
        agent.turn();
        assertThat(asked()).isEqualTo(1);
    }

    private long asked() {
        return server.requests.stream()
                .filter(request -> request.startsWith("GET posture-pack"))
                .count();
    }
}
