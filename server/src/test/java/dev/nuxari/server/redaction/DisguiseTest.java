package dev.nuxari.server.redaction;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets that are written so that they do not look like one, or stand in several places. */
@Claim("A2")
class DisguiseTest {
    private static final String PASSWORD = "Zr7kQ2mV9x";
    private static final String TOKEN = "gh" + "p_a8Kd02LmQz71XcVb93NtRy46WpEu05JhGf2s";
    private static final String INSIDE = "{\"name\":\"Jürgen Groß\",\"password\":\"" + PASSWORD + "\"}";

    private final Redactor redactor = new Redactor(() -> new byte[32]);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pass\u200bword=@ x",
                "p\u00adassword: @\n",
                "ｐａｓｓｗｏｒｄ：@",
                "\ud835\ude99\ud835\ude8a\ud835\ude9c\ud835\ude9cword=@",
                "{\"pass\\u0077ord\":\"@\"}",
                "{\"x\":\"{\\\"\\\\u0070assword\\\":\\\"@\\\"}\"}",
                "{\"p\\u{61}ssword\":\"@\"}",
                "p\\x61ssword=@",
                "&#112;&#97;ssword=@",
                "next=password%3D@%26x%3D1",
                "next=password%253D@%2526x%253D1",
                "next=password%25253D@%252526x",
                "next=p%C2%ADassword%3D@",
                "{\"name\":\"password\",\"type\":\"string\",\"value\":\"@\"}",
                "{\"value\":\"@\",\"name\":\"password\"}",
                "{\"Value\" : \"@\", \"Key\" : \"DB_PASSWORD\"}"
            })
    void nameIsReadAsItsReaderWillReadIt(String form) {
        assertThat(redactor.redactText(form.replace("@", PASSWORD)))
                .contains("[redacted:")
                .doesNotContain(PASSWORD);
    }

    @Test
    void tokenIsTheSameHoweverItIsWritten() {
        List<String> disguises = List.of(
                TOKEN.substring(0, 9) + "\u200b" + TOKEN.substring(9),
                TOKEN.substring(0, 20) + "\u00ad\ufeff" + TOKEN.substring(20),
                each(TOKEN, c -> c == '_' ? "_" : Character.toString(c + 0xFEE0)),
                each(TOKEN, "\\u%04x"::formatted),
                each(TOKEN, "\\\\u%04X"::formatted),
                each(TOKEN, "%%%02x"::formatted),
                each(TOKEN, "%%25%02x"::formatted),
                each(TOKEN, "&#%d;"::formatted),
                TOKEN.substring(0, 12) + "\",\n  \"" + TOKEN.substring(12),
                TOKEN.substring(0, 12) + "\" + \"" + TOKEN.substring(12));
        String plain = redactor.redactText("seen \"" + TOKEN + "\" there");

        assertThat(disguises)
                .allSatisfy(disguise -> assertThat(redactor.redactText("seen \"" + disguise + "\" there"))
                        .isEqualTo(plain));
    }

    private static String each(String text, IntFunction<String> spelling) {
        return text.chars().mapToObj(spelling).collect(Collectors.joining());
    }

    @Test
    void whatIsEncodedIsLookedIntoWhateverTheAlphabet() {
        byte[] bytes = INSIDE.getBytes(UTF_8);
        String padded = Base64.getEncoder().encodeToString(bytes);
        String url = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        String command = Base64.getEncoder().encodeToString(("connect -password " + PASSWORD).getBytes(UTF_16LE));
        List<String> encoded = List.of(
                padded,
                url,
                "/callback/" + url + "/end",
                HexFormat.of().formatHex(bytes),
                "0x" + HexFormat.of().withUpperCase().formatHex(bytes),
                Base64.getEncoder().encodeToString(padded.getBytes(UTF_8)),
                HexFormat.of().formatHex(padded.getBytes(UTF_8)),
                "-EncodedCommand " + command,
                Base64.getMimeEncoder()
                        .encodeToString(("a long line of a message first ".repeat(3) + INSIDE).getBytes(UTF_8)),
                padded.replace("=", "%3D").replace("+", "%2B").replace("/", "%2F"));

        assertThat(encoded)
                .allSatisfy(text -> assertThat(redactor.redactText("see " + text))
                        .contains("[redacted:encoded-secret:")
                        .doesNotContain(text.substring(text.length() / 2, text.length() / 2 + 24)));
    }

    @Test
    void encodedTextWithoutSecretSurvives() {
        byte[] note = "Die Prüfung der Zugänge ist am Dienstag in Zürich".getBytes(UTF_8);

        assertThat(List.of(
                        Base64.getEncoder().encodeToString(note),
                        HexFormat.of().formatHex(note),
                        "caf\\u00e9 50%25 &amp; \u00adStra\u200bße",
                        "[\"cn=ledger,dc=example\",\"https://idp.example:8443\",\"mia@example.org\"]",
                        "{\"token\":null,\"idp\":\"SG.\",\"secondaryNamesOfTheGroupInTheDirectory\":\"x\"}"))
                .allSatisfy(text -> assertThat(redactor.redactText(text)).isEqualTo(text));
    }

    @Test
    void piecesOfOneTokenAreHiddenInEachPlace() {
        Json list =
                Json.parse("[\"gh\",\"%s\",\"%s\",\"after\"]".formatted(TOKEN.substring(2, 20), TOKEN.substring(20)));
        Json members = Json.parse("{\"part1\":\"gh\",\"part2\":\"%s\",\"next\":\"x\"}".formatted(TOKEN.substring(2)));

        assertThat(shown(list)).isEqualTo("[\"#github-token\",\"#github-token\",\"#github-token\",\"after\"]");
        assertThat(shown(members))
                .isEqualTo("{\"next\":\"x\",\"part1\":\"#github-token\",\"part2\":\"#github-token\"}");
    }

    @Test
    void whatStandsBehindWholeTokenSurvives() {
        Json list = new Json.Arr(List.of(new Json.Str(TOKEN), new Json.Str("ledger-admins")));

        assertThat(shown(list)).isEqualTo("[\"#github-token\",\"ledger-admins\"]");
        assertThat(redactor.redactText(list.canonical())).endsWith("\",\"ledger-admins\"]");
    }

    @Test
    void linesOfPrivateKeyAreHiddenInEachPlace() {
        Json lines = Json.parse("[\"first\",\"-----BEGIN PRIVATE KEY-----\",\"MC4CAQAwBQYDK2VwBCIEIAabcdefghijklmnop\","
                + "\"-----END PRIVATE KEY-----\",\"after\"]");

        assertThat(shown(lines)).isEqualTo("[\"first\",\"#private-key\",\"#private-key\",\"#private-key\",\"after\"]");
    }

    @Test
    void headersAreHiddenHoweverTheyAreListed() {
        Map<String, String> lists = Map.of(
                "[[\"X-Api-Key\",\"@\"],[\"Accept\",\"*/*\"]]", "[[\"X-Api-Key\",\"#secret\"],[\"Accept\",\"*/*\"]]",
                "[\"Accept\",\"*/*\",\"X-Auth-Token\",\"@\"]", "[\"Accept\",\"*/*\",\"X-Auth-Token\",\"#token\"]",
                "[\"Authorization\",\"Negotiate @\"]", "[\"Authorization\",\"Negotiate #authorization\"]",
                "{\"name\":\"Authorization\",\"value\":\"Bearer @\"}",
                        "{\"name\":\"Authorization\",\"value\":\"Bearer #authorization\"}",
                "{\"key\":\"AWS_SECRET_ACCESS_KEY\",\"value\":\"@\"}",
                        "{\"key\":\"AWS_SECRET_ACCESS_KEY\",\"value\":\"#secret\"}",
                "{\"Name\":\"pass\u00adword\",\"Value\":\"@\"}",
                        "{\"Name\":\"pass\u00adword\",\"Value\":\"#password\"}",
                "{\"path\":\"password\",\"op\":\"replace\",\"value\":\"@\"}",
                        "{\"op\":\"replace\",\"path\":\"password\",\"value\":\"#password\"}",
                "{\"pass\u200bword\":\"@\"}", "{\"pass\u200bword\":\"#password\"}");

        lists.forEach((list, expected) ->
                assertThat(shown(Json.parse(list.replace("@", PASSWORD)))).isEqualTo(expected));
    }

    @Test
    void wordsInListAreNoValuesOfEachOther() {
        Json words = Json.parse("{\"columns\":[\"user\",\"password\",\"token\",\"secret\"],"
                + "\"methods\":[\"client_secret_basic\",\"private_key_jwt\"],\"a1\":\"one\",\"a2\":\"two\"}");

        assertThat(redactor.redact(words).json()).isEqualTo(words);
    }

    private String shown(Json json) {
        return redactor.redact(json).json().canonical().replaceAll("\\[redacted:([a-z-]+):[0-9a-f]{24}]", "#$1");
    }
}
