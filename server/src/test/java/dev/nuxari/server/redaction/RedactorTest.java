package dev.nuxari.server.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.server.redaction.GeneratedSecrets.Sample;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

@Claim("A2")
class RedactorTest {
    private final Redactor redactor = new Redactor(() -> new byte[32]);
    private final GeneratedSecrets secrets = new GeneratedSecrets(20260301);

    @Test
    void passwordIsHiddenInWhateverNotationItStands() {
        List<Sample> samples = secrets.passwords();

        assertThat(readable(samples)).hasSizeLessThanOrEqualTo(samples.size() * 3 / 100);
    }

    @Test
    void tokenOfKnownFormIsHiddenEvenWithoutNameBesideIt() {
        List<Sample> samples = secrets.tokens();

        assertThat(readable(samples)).hasSizeLessThanOrEqualTo(samples.size() / 100);
    }

    @Test
    void secretInsideBase64IsHidden() {
        assertThat(readable(secrets.nested())).isEmpty();
    }

    @Test
    void whatOnlyLooksLikeSecretSurvivesUnchanged() {
        List<String> changed = secrets.lookAlikes().stream()
                .filter(text -> !redactor.redactText(text).equals(text))
                .toList();

        assertThat(changed).isEmpty();
    }

    @Test
    void redactingTwiceChangesNothingMore() {
        for (Sample sample : secrets.passwords()) {
            String once = redactor.redactText(sample.text());

            assertThat(redactor.redactText(once)).isEqualTo(once);
        }
    }

    @Test
    void ordinaryWordIsHiddenWhereAFailureCallsItAPassword() {
        for (String text : List.of(
                "Caused by: java.sql.SQLException: pwd: %s",
                "Caused by: login refused (user: sync, pwd: %s)\n\tat a.B.c(B.java:1)",
                "login failed for user: sync pwd: %s at host db",
                "Error: wrong password \"%s\" for sync",
                "raise ValueError(\"password: %s\")",
                "PSQLException: password authentication failed for user \"sync\" password=%s",
                "refused: jdbc:mysql://db.example/shop?user=sync&password=%s&useSSL=true",
                "refused: jdbc:oracle:thin:sync/%s@db.example:1521:xe")) {
            for (String word : List.of("correcthorse", "CorrectHorse", "HUNTERHUNTER", "correct-horse")) {
                assertThat(kinds(text.formatted(word))).isEqualTo(text.formatted("[redacted:password]"));
            }
        }
    }

    @Test
    void whatAFailureSaysOfAPasswordSurvives() {
        for (String said : List.of(
                "required",
                "incorrect",
                "mustNotBeBlank",
                "not-found",
                "unsupported",
                "mismatch",
                "TooShort",
                "string")) {
            String text = "Caused by: a.BException: login failed, password: %s for user sync".formatted(said);

            assertThat(redactor.redactText(text)).isEqualTo(text);
        }
        assertThat(redactor.redactText("the form has user: name, password: field"))
                .isEqualTo("the form has user: name, password: field");
    }

    @Test
    void namesAndTheTextAroundSecretSurvive() {
        String masked = kinds("user=svc&password=Cedar!7719x&next=1");

        assertThat(masked).isEqualTo("user=svc&password=[redacted:password]&next=1");
    }

    @Test
    void privateKeyIsHiddenAlsoWhenItIsCutOff() {
        String key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA\nAbCdEfGhIjKlMnOpQrStUv\n";

        assertThat(kinds("before " + key + "-----END PRIVATE KEY----- after"))
                .isEqualTo("before [redacted:private-key] after");
        assertThat(kinds(key)).isEqualTo("[redacted:private-key]");
    }

    @Test
    void valueUnderSecretNameIsHiddenWhole() {
        Json before = Json.object(
                "connector", "ldap", "bindPassword", "only words here", "port", 636, "tls", true, "token", null);

        assertThat(withoutDigits(redactor.redact(before).json().canonical()))
                .isEqualTo(Json.object(
                                "connector",
                                "ldap",
                                "bindPassword",
                                "[redacted:password]",
                                "port",
                                636,
                                "tls",
                                true,
                                "token",
                                null)
                        .canonical());
    }

    @Test
    void nameMayStandInNeighbouringMemberOrArgument() {
        Json pair = Json.object("name", "DB_PASSWORD", "value", "anchor basil");
        Json arguments = new Json.Arr(List.of(new Json.Str("--password"), new Json.Str("anchor"), new Json.Str("run")));

        assertThat(withoutDigits(redactor.redact(pair).json().canonical()))
                .isEqualTo(Json.object("name", "DB_PASSWORD", "value", "[redacted:password]")
                        .canonical());
        assertThat(withoutDigits(redactor.redact(arguments).json().canonical()))
                .isEqualTo("[\"--password\",\"[redacted:password]\",\"run\"]");
    }

    @Test
    void whatAuditEventsCarrySurvives() {
        Json event = Json.object(
                "planHash", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "merkleRoot", "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
                "leafHash", "fd61a03af4f77d870fc21e05e7e80678095c92d808cfb3b5c279ee04c74aca13",
                "credentialId", "0198c1de-7a3b-7000-8000-4f1f2f3f4f5f",
                "keyId", "a1b2c3d4",
                "publicKey", "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=",
                "reason", "the old password policy asked for 8 characters");

        assertThat(redactor.redact(event).json()).isEqualTo(event);
    }

    @Test
    void secretAmongTheNamesOfMembersIsHidden() {
        Json odd = new Json.Obj(Map.of("ghp_" + "a1B2".repeat(9), Json.Null.NULL));

        assertThat(withoutDigits(redactor.redact(odd).json().canonical()))
                .isEqualTo("{\"[redacted:github-token]\":null}");
    }

    @Test
    void noTextMakesItThrow() {
        Random random = new Random(7);
        String pieces =
                "\"'`\\&;:=<>[]{}()%$@!-_.,/ \n\tpasswordtokenkey\ud83d\ude00é0A=eyJ-----BEGIN PRIVATE KEY-----";
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(120); length > 0; length--) {
                int at = random.nextInt(pieces.length());
                text.append(pieces, at, Math.min(pieces.length(), at + random.nextInt(1, 12)));
            }

            assertThat(redactor.redactText(text.toString())).isNotNull();
        }
    }

    private String kinds(String text) {
        return withoutDigits(redactor.redactText(text));
    }

    private static String withoutDigits(String text) {
        return text.replaceAll(":[0-9a-f]{24}]", "]");
    }

    /** The samples of which something can still be read: a run of 40 % of the secret, at least 6 characters. */
    private List<Sample> readable(List<Sample> samples) {
        return samples.stream()
                .filter(sample -> LabelledText.leaks(redactor.redactText(sample.text()), sample.secret()))
                .toList();
    }
}
