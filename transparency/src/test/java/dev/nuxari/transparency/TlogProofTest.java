package dev.nuxari.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nuxari.kernel.Claim;
import dev.nuxari.transparency.Verification.Refuted;
import dev.nuxari.transparency.Verification.Verified;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Claim({"A1", "V1"})
class TlogProofTest {
    private static final List<byte[]> ENTRIES = ServedLog.entries(7);
    private static final VerifierKey LOG = ServedLog.SIGNER.verifierKey();
    private static final TlogProof PROOF = TlogProof.of(
            InclusionProof.of(
                    4,
                    7,
                    ReferenceTree.nodes(ENTRIES.stream().map(MerkleHash::leaf).toList())),
            ServedLog.checkpoint(ENTRIES));

    @Test
    void isReadAsItWasWritten() {
        assertThat(PROOF.encoded()).startsWith("c2sp.org/tlog-proof@v1\nindex 4\n");
        assertThat(TlogProof.parse(PROOF.encoded())).isEqualTo(PROOF);
        TlogProof more = new TlogProof(Optional.of("YWRk"), 4, PROOF.path(), PROOF.checkpoint());
        assertThat(more.encoded()).startsWith("c2sp.org/tlog-proof@v1\nextra YWRk\nindex 4\n");
        assertThat(TlogProof.parse(more.encoded())).isEqualTo(more);
    }

    @Test
    void provesItsEntryAndNoOther() {
        assertThat(PROOF.verify(ENTRIES.get(4), LOG)).isEqualTo(new Verified());
        assertThat(PROOF.verify(ENTRIES.get(5), LOG)).isInstanceOf(Refuted.class);
        assertThat(new TlogProof(Optional.empty(), 5, PROOF.path(), PROOF.checkpoint()).verify(ENTRIES.get(4), LOG))
                .isInstanceOf(Refuted.class);
        assertThat(new TlogProof(Optional.empty(), 7, PROOF.path(), PROOF.checkpoint()).verify(ENTRIES.get(4), LOG))
                .isEqualTo(new Refuted("the checkpoint is of 7 entries, the index is 7"));
        assertThat(PROOF.verify(ENTRIES.get(4), new VerifierKey("else", LOG.publicKey())))
                .isInstanceOf(Refuted.class);
        assertThat(PROOF.verify(
                        ENTRIES.get(4), new VerifierKey(LOG.name(), new Ed25519PrivateKey(new byte[32]).publicKey())))
                .isInstanceOf(Refuted.class);
    }

    @Test
    void everyChangedByteIsNoticed() {
        byte[] sound = PROOF.encoded().getBytes(UTF_8);
        for (int at = 0; at < sound.length; at++) {
            byte[] changed = sound.clone();
            changed[at] ^= 0x01;
            assertThat(verifies(new String(changed, UTF_8))).as("byte %d", at).isFalse();
        }
    }

    private static boolean verifies(String text) {
        try {
            return TlogProof.parse(text).verify(ENTRIES.get(4), LOG) instanceof Verified;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c2sp.org/tlog-proof@v1\n",
                "c2sp.org/tlog-proof@v1\n\n",
                "c2sp.org/tlog-proof@v1\nindex 04\n\n",
                "c2sp.org/tlog-proof@v1\nindex -1\n\n",
                "c2sp.org/tlog-proof@v1\nextra !\nindex 1\n\n",
                "c2sp.org/tlog-proof@v1\nindex 1\nextra YQ==\n\n",
                "c2sp.org/tlog-proof@v2\nindex 1\n\n"
            })
    void whatIsNoProofIsRefused(String text) {
        String checkpoint = text.endsWith("\n\n") ? PROOF.checkpoint().encoded() : "";

        assertThatIllegalArgumentException().isThrownBy(() -> TlogProof.parse(text + checkpoint));
    }
}
