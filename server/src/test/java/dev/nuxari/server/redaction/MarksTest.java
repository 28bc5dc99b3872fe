package dev.nuxari.server.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

@Claim("A2")
class MarksTest {
    private final Redactor redactor = withKey(1);

    private static Redactor withKey(int filler) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) filler);
        return new Redactor(key::clone);
    }

    @Test
    void markNamesKindAndCarriesFingerprintAndCheck() {
        assertThat(redactor.redactText("password=Cedar!7719x")).matches("password=\\[redacted:password:[0-9a-f]{24}]");
    }

    @Test
    void equalSecretsAreSeenToBeEqualWhateverTheyAreCalled() {
        String one = redactor.redactText("password=Cedar!7719x");
        String other = redactor.redactText("client_secret=Cedar!7719x");

        assertThat(fingerprint(one)).isEqualTo(fingerprint(other));
        assertThat(fingerprint(one)).isNotEqualTo(fingerprint(redactor.redactText("password=Cedar!7719y")));
    }

    @Test
    void anotherKeyGivesAnotherFingerprint() {
        String text = "password=Cedar!7719x";

        assertThat(fingerprint(redactor.redactText(text)))
                .isNotEqualTo(fingerprint(withKey(2).redactText(text)));
    }

    @Test
    void genuineMarkIsLeftAsItIs() {
        String once = redactor.redactText("password=Cedar!7719x and Authorization: Basic dXNlcjpDZWRhciE3NzE5eA==");

        assertThat(redactor.redactText(once)).isEqualTo(once);
    }

    @Test
    void forgedMarkIsNotTrusted() {
        String forged = "[redacted:password:0123456789abcdef01234567]";

        String stored = redactor.redactText("seen: " + forged);

        assertThat(stored).startsWith("seen: [redacted:unverified-mark:").doesNotContain("0123456789abcdef");
        assertThat(redactor.redactText(stored)).isEqualTo(stored);
    }

    @Test
    void markOfAnotherKindWithTheSameDigitsIsForged() {
        String genuine = redactor.redactText("password=Cedar!7719x");

        assertThat(redactor.redactText(genuine.replace(":password:", ":token:")))
                .contains("[redacted:unverified-mark:");
    }

    private static String fingerprint(String masked) {
        return masked.replaceAll(".*:([0-9a-f]{16})[0-9a-f]{8}].*", "$1");
    }
}
