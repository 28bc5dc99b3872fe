package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.agent.posture.PosturePack;
import dev.nuxari.agent.posture.SignedPack;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.protocol.SigningKey;
import dev.nuxari.protocol.VerificationKey;
import dev.nuxari.protocol.agent.PlatformInHand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Claim("E5")
class PostureShelfTest {
    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00.000Z");

    private final PlatformInHand platform = new PlatformInHand();

    @TempDir
    private Path home;

    private AgentFolder folder;

    @BeforeEach
    void enrol() throws IOException {
        folder = AgentFolder.at(home.resolve("agent"));
        folder.state()
                .write(Memory.first(platform.organization(), UuidV7.at(NOW), platform.manifest(), platform.checkpoint())
                        .json());
    }

    private static Json.Obj pack(int version) throws IOException {
        try (var in = Objects.requireNonNull(PosturePack.class.getResourceAsStream("linux-posture.json"))) {
            Json.Obj builtIn = Json.parseObject(new String(in.readAllBytes(), UTF_8));
            return builtIn.with("version", version)
                    .with("checks", builtIn.objects("checks").subList(0, 3));
        }
    }

    private static DsseEnvelope sign(Json.Obj pack, SigningKey key) {
        return DsseEnvelope.sign(SignedPack.PAYLOAD_TYPE, pack, key.published().keyId(), key::sign);
    }

    private SignedPack.Answer take(DsseEnvelope envelope) throws IOException {
        VerificationKey.Ed25519 key =
                (VerificationKey.Ed25519) platform.actionKey().published().key();
        return new PostureShelf(folder.posture()).take(envelope.json().canonical(), key);
    }

    private int inUse() throws IOException {
        return new PostureShelf(folder.posture()).current().version();
    }

    @Test
    void newerPackIsTakenAndStays() throws IOException {
        assertThat(take(sign(pack(7), platform.actionKey()))).isInstanceOf(SignedPack.Answer.Taken.class);

        assertThat(inUse()).isEqualTo(7);
    }

    @Test
    void olderPackAndTheSameVersionAreRefused() throws IOException {
        take(sign(pack(7), platform.actionKey()));

        assertThat(take(sign(pack(6), platform.actionKey()))).isInstanceOf(SignedPack.Answer.Refused.class);
        assertThat(take(sign(pack(7), platform.actionKey()))).isInstanceOf(SignedPack.Answer.Refused.class);
        assertThat(inUse()).isEqualTo(7);
    }

    @Test
    void packOfAnotherKeyIsRefused() throws IOException {
        assertThat(take(sign(pack(7), platform.logKey()))).isInstanceOf(SignedPack.Answer.Refused.class);
        assertThat(inUse()).isEqualTo(1);
    }

    @Test
    void alteredPackIsRefused() throws IOException {
        DsseEnvelope signed = sign(pack(7), platform.actionKey());
        String altered = Base64.getEncoder().encodeToString(pack(8).canonicalBytes());

        assertThat(take(new DsseEnvelope(signed.payloadType(), altered, signed.signatures())))
                .isInstanceOf(SignedPack.Answer.Refused.class);
    }

    /** What the same key has signed for another purpose is no pack. */
    @Test
    void anotherKindOfSignatureIsRefused() throws IOException {
        SigningKey key = platform.actionKey();
        DsseEnvelope other = DsseEnvelope.sign(
                "application/vnd.nuxari.action-package+json",
                pack(7),
                key.published().keyId(),
                key::sign);

        assertThat(take(other)).isInstanceOf(SignedPack.Answer.Refused.class);
    }

    @Test
    void packOfAnotherNameIsRefused() throws IOException {
        assertThat(take(sign(pack(7).with("name", "other"), platform.actionKey())))
                .isInstanceOf(SignedPack.Answer.Refused.class);
    }

    /** Whoever alters the file on disk has the release's pack used, and nothing of their own. */
    @Test
    void storedPackIsVerifiedEachTime() throws IOException {
        take(sign(pack(7), platform.actionKey()));
        Json.Obj stored = folder.require(folder.posture(), NOW);
        Json.Obj envelope = stored.object("envelope");
        folder.posture()
                .write(stored.with(
                        "envelope",
                        envelope.with("payload", Base64.getEncoder().encodeToString(pack(9).canonicalBytes()))));

        assertThat(inUse()).isEqualTo(1);
    }

    @Test
    void commandTakesAPackByTheKeyOfTheOrganizationOrOfTheHost() throws IOException {
        SigningKey own = SigningKey.generate(platform.organization(), dev.nuxari.protocol.KeyName.ACTION, NOW);
        Path seven = home.resolve("seven");
        Files.writeString(seven, sign(pack(7), platform.actionKey()).json().canonical());
        Path eight = home.resolve("eight");
        Files.writeString(eight, sign(pack(8), own).json().canonical());
        Path key = home.resolve("key");
        Files.writeString(
                key, Base64.getEncoder().encodeToString(own.published().key().encoded()) + "\n");
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        NuxariAgent program = new NuxariAgent(new PrintStream(said, true, UTF_8), 0, InstantSource.system());

        assertThat(run(program, "take", eight.toString())).isEqualTo(NuxariAgent.REFUSED);
        assertThat(run(program, "take", seven.toString())).isZero();
        assertThat(run(program, "take", eight.toString(), "--key", key.toString()))
                .isZero();
        assertThat(run(program, "check")).isZero();
        assertThat(said.toString(UTF_8))
                .contains("linux-posture is now version 8")
                .contains("accounts-uid-0");
    }

    private int run(NuxariAgent program, String... words) {
        List<String> all = new java.util.ArrayList<>(List.of("posture"));
        all.addAll(List.of(words));
        all.addAll(List.of("--folder", folder.path().toString()));
        return program.run(all);
    }
}
