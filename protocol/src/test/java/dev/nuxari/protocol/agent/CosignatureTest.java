package dev.nuxari.protocol.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.transparency.Ed25519PrivateKey;
import dev.nuxari.transparency.NoteSignature;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.VerifierKey;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@Claim("V2")
class CosignatureTest {
    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00.000Z");
    private static final UUID AGENT = UuidV7.at(NOW);

    private final PlatformInHand platform = new PlatformInHand();
    private final Ed25519PrivateKey key = Ed25519PrivateKey.generate(new SecureRandom());
    private final Cosignature witness = Cosignature.of(platform.origin(), AGENT, key.publicKey());
    private final SignedNote cosigned = witness.sign(platform.checkpoint(), key, NOW);

    @Test
    void cosignatureIsOfItsNote() {
        assertThat(witness.verify(cosigned)).contains(NOW);
        assertThat(witness.verify(platform.checkpoint())).isEmpty();
        platform.append(Json.object());
        SignedNote other = new SignedNote(platform.head().text(), cosigned.signatures());
        assertThat(witness.verify(other)).isEmpty();
        // A line that does not hold is something else than none.
        assertThat(witness.isForgedIn(other)).isTrue();
        assertThat(witness.isForgedIn(platform.checkpoint())).isFalse();
        assertThat(witness.isForgedIn(cosigned)).isFalse();
    }

    /** The bytes of C2SP tlog-cosignature, put together here by hand. */
    @Test
    void lineIsWrittenAsTheSpecificationSays() {
        NoteSignature line = cosigned.signatures().getLast();
        byte[] blob = Base64.getDecoder().decode(line.base64());
        String name = PlatformInHand.HOST + "/agent/" + AGENT;
        byte[] keyId = Arrays.copyOf(
                Sha256.of(
                        (name + "\n").getBytes(UTF_8),
                        new byte[] {0x04},
                        key.publicKey().bytes()),
                4);

        assertThat(line.name()).isEqualTo(name);
        assertThat(Arrays.copyOf(blob, 4)).isEqualTo(keyId);
        assertThat(ByteBuffer.wrap(blob).getLong(4)).isEqualTo(NOW.getEpochSecond());
        byte[] message = ("cosignature/v1\ntime " + NOW.getEpochSecond() + "\n" + cosigned.text()).getBytes(UTF_8);
        assertThat(key.publicKey().verifies(Arrays.copyOfRange(blob, 12, blob.length), message))
                .isTrue();
    }

    @Test
    void keyIsWrittenAsVerifiersOfOthersReadIt() {
        String vkey = witness.encoded();

        assertThat(Cosignature.parse(vkey)).isEqualTo(witness);
        String[] parts = vkey.split("\\+", 3);
        assertThat(parts[0]).isEqualTo(PlatformInHand.HOST + "/agent/" + AGENT);
        assertThat(Base64.getDecoder().decode(parts[2])).hasSize(33).startsWith(0x04);
        String log = new VerifierKey(parts[0], key.publicKey()).encoded();
        for (String wrong : List.of("", parts[0], parts[0] + "+00000000+" + parts[2], vkey + "x", log)) {
            assertThatThrownBy(() -> Cosignature.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void timeIsSigned() {
        NoteSignature line = cosigned.signatures().getLast();
        byte[] blob = Base64.getDecoder().decode(line.base64());
        blob[11]++;
        SignedNote later = platform.checkpoint()
                .with(new NoteSignature(line.name(), Base64.getEncoder().encodeToString(blob)));

        assertThat(witness.verify(later)).isEmpty();
    }

    @Test
    void onlyCheckpointsAreCosigned() {
        SignedNote note = new SignedNote("hello\n", platform.checkpoint().signatures());

        assertThatThrownBy(() -> witness.sign(note, key, NOW)).isInstanceOf(IllegalArgumentException.class);
    }
}
