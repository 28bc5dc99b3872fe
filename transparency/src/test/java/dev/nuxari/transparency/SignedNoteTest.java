package dev.nuxari.transparency;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.transparency.Verification.Refuted;
import dev.nuxari.transparency.Verification.Verified;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Claim("V1")
class SignedNoteTest {
    /** The example of the documentation of golang.org/x/mod/sumdb/note, which C2SP signed-note is written after. */
    private static final String VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    /** The private key published there: 0x01 and the seed. */
    private static final String SEED = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

    private static final String TEXT = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.
            """;
    private static final String NOTE = TEXT + """

            — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
            """;

    @Test
    void verifiesTheExampleOfTheSpecification() {
        assertThat(SignedNote.parse(NOTE).text()).isEqualTo(TEXT);
        assertThat(SignedNote.parse(NOTE).verify(VerifierKey.parse(VKEY))).isEqualTo(new Verified());
    }

    @Test
    void signsTheExampleOfTheSpecification() {
        byte[] typed = StrictBase64.decode(SEED);
        NoteSigner signer =
                new NoteSigner("PeterNeumann", new Ed25519PrivateKey(Arrays.copyOfRange(typed, 1, typed.length)));

        assertThat(signer.verifierKey().encoded()).isEqualTo(VKEY);
        assertThat(SignedNote.sign(TEXT, signer).encoded()).isEqualTo(NOTE);
    }

    @Test
    void bytesThatAreNotUtf8AreNoNoteEvenIfTheirReplacementIsSigned() {
        NoteSigner signer = new NoteSigner("log\uFFFD", Ed25519PrivateKey.generate(new SecureRandom()));
        byte[] genuine = SignedNote.sign("text\uFFFD\n", signer).encoded().getBytes(UTF_8);
        byte[] changed = new String(genuine, ISO_8859_1)
                .replaceFirst("\u00EF\u00BF\u00BD", "\u00FF")
                .getBytes(ISO_8859_1);

        assertThat(SignedNote.parse(genuine).verify(signer.verifierKey())).isEqualTo(new Verified());
        assertThatIllegalArgumentException().isThrownBy(() -> SignedNote.parse(changed));
    }

    @Test
    void anyFlippedBitOfANoteRefutesIt() {
        VerifierKey key = VerifierKey.parse(VKEY);
        byte[] bytes = NOTE.getBytes(UTF_8);
        for (int i = 0; i < bytes.length * 8; i++) {
            byte[] flipped = bytes.clone();
            flipped[i / 8] ^= (byte) (1 << (i % 8));
            assertThat(isVerified(new String(flipped, ISO_8859_1), key)).isFalse();
            assertThat(isVerified(new String(flipped, UTF_8), key))
                    .as("bit %d", i)
                    .isFalse();
        }
    }

    private static boolean isVerified(String note, VerifierKey key) {
        try {
            return SignedNote.parse(note).verify(key) instanceof Verified;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Test
    void noPartOfAVerifierKeyAndNoNeighbourIsAKey() {
        for (int begin = 0; begin < VKEY.length(); begin++) {
            String tail = VKEY.substring(begin);
            for (int end = 0; end < tail.length() || (begin > 0 && end == tail.length()); end++) {
                String part = tail.substring(0, end);
                assertThatThrownBy(() -> VerifierKey.parse(part)).isInstanceOf(IllegalArgumentException.class);
            }
            String neighbour = VKEY.substring(0, begin) + (char) (VKEY.charAt(begin) + 1) + tail.substring(1);
            assertThatThrownBy(() -> VerifierKey.parse(neighbour)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void keysAreTextsAndNamesOfOneKind() {
        Ed25519PrivateKey key = Ed25519PrivateKey.generate(new SecureRandom());

        assertThat(key).hasToString("***");
        assertThatIllegalArgumentException().isThrownBy(() -> new NoteSigner("with space", key));
        assertThatIllegalArgumentException().isThrownBy(() -> new NoteSigner("with\u2003space", key));
        assertThatIllegalArgumentException().isThrownBy(() -> new NoteSigner("with+plus", key));
        assertThatIllegalArgumentException().isThrownBy(() -> new NoteSigner("", key));
    }

    @Test
    void otherSignaturesAreNotNeededAndAWrongOneByTheSameKeyRefutes() {
        NoteSigner log = new NoteSigner("log.example", Ed25519PrivateKey.generate(new SecureRandom()));
        NoteSigner witness = new NoteSigner("witness.example", Ed25519PrivateKey.generate(new SecureRandom()));
        SignedNote note = SignedNote.sign("one\n", log);
        NoteSignature cosignature =
                SignedNote.sign("one\n", witness).signatures().getFirst();
        NoteSignature wrong = SignedNote.sign("two\n", log).signatures().getFirst();

        assertThat(note.with(cosignature).verify(log.verifierKey())).isEqualTo(new Verified());
        assertThat(SignedNote.parse(note.with(cosignature).encoded()).verify(witness.verifierKey()))
                .isEqualTo(new Verified());
        assertThat(note.verify(witness.verifierKey())).isInstanceOf(Refuted.class);
        assertThat(note.with(wrong).verify(log.verifierKey())).isInstanceOf(Refuted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "text\n",
                "text\n\n",
                "text\n\n— name",
                "te\rxt\n\n— name AAAAAAA=\n",
                "text\n\n- n AAAAAAA=\n",
                "text\n\n— name AAAA\n",
                "text\n\n— name AAAAAAA\n",
                "text\n\n— name AAAAAAB=\n",
                "text\n\n— name AAAAAAA=\n\n"
            })
    void refusesWhatIsNoNote(String note) {
        assertThatIllegalArgumentException().isThrownBy(() -> SignedNote.parse(note));
    }
}
