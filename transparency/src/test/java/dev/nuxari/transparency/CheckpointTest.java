package dev.nuxari.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nuxari.kernel.Claim;
import dev.nuxari.transparency.Verification.Verified;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Claim("V1")
class CheckpointTest {
    private static final String ROOT = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    @Test
    void isThreeLines() {
        Checkpoint checkpoint = new Checkpoint("nuxari.example/log/1", 42, MerkleHash.EMPTY);

        assertThat(checkpoint.text()).isEqualTo("nuxari.example/log/1\n42\n" + ROOT + "\n");
        assertThat(Checkpoint.parse(checkpoint.text())).isEqualTo(checkpoint);
    }

    @Test
    void keepsTheExtensionsOfOthers() {
        String text = "other.example\n0\n" + ROOT + "\nextension 1\nextension 2\n";

        assertThat(Checkpoint.parse(text).extensions()).isEqualTo(List.of("extension 1", "extension 2"));
        assertThat(Checkpoint.parse(text).text()).isEqualTo(text);
    }

    @Test
    void isSignedInTheNameOfItsOrigin() {
        Ed25519PrivateKey key = Ed25519PrivateKey.generate(new SecureRandom());
        Checkpoint checkpoint = new Checkpoint("nuxari.example/log/1", 42, MerkleHash.EMPTY);
        NoteSigner signer = new NoteSigner(checkpoint.origin(), key);

        SignedNote note = SignedNote.parse(checkpoint.sign(signer).encoded());

        assertThat(note.verify(signer.verifierKey())).isEqualTo(new Verified());
        assertThat(Checkpoint.parse(note.text())).isEqualTo(checkpoint);
        assertThatIllegalArgumentException().isThrownBy(() -> checkpoint.sign(new NoteSigner("another", key)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "o\n1\n",
                "o\n1\n" + ROOT,
                "\n1\n" + ROOT + "\n",
                "o\n01\n" + ROOT + "\n",
                "o\n-1\n" + ROOT + "\n",
                "o\n+1\n" + ROOT + "\n",
                "o\n\n" + ROOT + "\n",
                "o\n1 \n" + ROOT + "\n",
                "o\n99999999999999999999\n" + ROOT + "\n",
                "o\n9007199254740992\n" + ROOT + "\n",
                "o\n1\nAAAA\n",
                "o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n",
                "o\n1\n" + ROOT + "\n\n"
            })
    void refusesWhatIsNoCheckpoint(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Checkpoint.parse(text));
    }
}
