package dev.nuxari.server.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Texts written to make a redactor slow. What the rules read is counted, each character as often as it is read, by regular
 * expressions as well; no clock is asked.
 */
@Claim("A2")
class LinearTimeTest {
    private static final int SHORTEST = 2 * 1024;
    /** What the rules read of one character at most, however long the text. */
    private static final int READS_PER_CHARACTER = 300;
    /** So few say nothing about growth: whether a run is looked into may depend on its length. */
    private static final long FEW_READS = 8;

    /** Beginnings of secrets that never come to an end; a character that none of them has divides them. */
    private static final String BEGINNINGS =
            "password=§password=\"§password=\\\"§password='§password=`§password=)))§password=vault:§"
                    + "password=&quot;§password=%22§password=\"\"\"§key=§token §pw is §secret,§api key §"
                    + "password password §error pwd: abcdef, §password \"abcdef\" §password\n§password: |\n  §<password><![CDATA[vault:x §<password><![CDATA[§"
                    + "<token §&lt;password&gt;§user,password,\n§\"password\",§insert into t (password) values (§"
                    + "insert into t (password) values ('a1!bcdef'),(§-eyJ§eyJ§ey.§://a:§://§https://u:p§curl -u §"
                    + "mysql §login §echo §-----BEGIN PRIVATE KEY-----§-----BEGIN §"
                    + "-----BEGIN PRIVATE KEY-----\\n-----END §MIIabcIBAAK§JQQJ99§.atlasv1.§AAAA§A§00§ghp_§sk-§xoxb-§"
                    + "AKIA§_live_§-us§:A§1|§QUFB§e30§[redacted:§[redacted:password:§"
                    + "[redacted:password:0123456789abcdef01234567]§\"a\"==§==§\\§\\\"§\\\\\"§\"§'§x§.§-§_§a_§a-§a.§{§"
                    + "{\"a\":§[§[[\"§\n§ §\t§,§|§Authorization: §Bearer §\u200b§p\u0301§é§密码§密码=§\ud83d\ude00§%2§%25§"
                    + "%2525§%25%32%35§\\u00§\\u0070§\\\\\\\\u0070§\\x70§%70§%E2%80%8B§%F0%9D§&#112;§&#x70§&amp;§&amp;#112;§"
                    + "\u00ad§\uff50§\ud835\ude8a§\ud835§\ufdfa§\u200bpassword=aA1!bB2?§cGFzc3dvcmQ9§70617373776f72643d§0x70§"
                    + "cGFzc3dvcmQ9cGFzc3dvcmQ9cGFzc3dvcmQ9cGFzc3dvcmQ9cGFzc3dvcmQ9cGFzc3dvcmQ9\n§QUFB\\n§cABhAHMA§w7zDvMO8§"
                    + "ghp_\",\"§\"ghp_\",§\"ghp_\" + §\"gh\",\"p_\",§\",\"§\" + \"§\"     §{\"value\":\"a1!b2?c3\",\"name\":\"password\"},§"
                    + "{\"name\":\"password\",§\"name\":\"password\",\"type\":\"a\",§\"value\":\"§\"name\":\"password§password=aA1!bB2?";

    @ParameterizedTest
    @MethodSource({"pieces", "openings"})
    void whatIsReadGrowsNoFasterThanTheText(Hostile hostile) {
        long before = 0;
        for (int length = SHORTEST; length <= 8 * SHORTEST; length *= 2) {
            Text.Steps steps = new Text.Steps();
            Redactor.find(Text.counted(hostile.ofLength(length), steps));

            assertThat(steps.taken()).isLessThanOrEqualTo((long) READS_PER_CHARACTER * length);
            if (before > 0) {
                assertThat(steps.taken()).isLessThanOrEqualTo(Math.max(before * 9 / 4, FEW_READS * length));
            }
            before = steps.taken();
        }
    }

    @ParameterizedTest
    @MethodSource("items")
    void neighboursInDocumentAreReadNoMoreOftenThanEachOther(String item) {
        long before = 0;
        for (int count = 256; count <= 2048; count *= 2) {
            Text.Steps steps = new Text.Steps();
            new Pass(() -> new Marks(new byte[32]), steps).redact(document(item, count), SecretName.NONE, 0);

            assertThat(steps.taken()).isLessThanOrEqualTo((long) READS_PER_CHARACTER * count * (item.length() + 8));
            if (before > 0) {
                assertThat(steps.taken()).isLessThanOrEqualTo(before * 9 / 4);
            }
            before = steps.taken();
        }
    }

    private static Json document(String item, int count) {
        Json list = new Json.Arr(Collections.nCopies(count, new Json.Str(item)));
        Map<String, Json> members = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            members.put("part" + i, new Json.Str(item));
        }
        return new Json.Arr(List.of(list, new Json.Obj(members)));
    }

    static Stream<String> items() {
        return Stream.of(
                "ghp_",
                "ghp_a8Kd02LmQz71XcVb93NtRy46WpEu05JhGf2s",
                "after",
                "-----BEGIN PRIVATE KEY-----",
                "-----END PRIVATE KEY-----",
                "eyJ",
                "cGFzc3dvcmQ9",
                "password",
                "Authorization",
                "--password",
                "\u200b",
                "\\u0070");
    }

    record Hostile(String opening, String piece) {
        String ofLength(int length) {
            return opening + piece.repeat(length / piece.length());
        }

        @Override
        public String toString() {
            return opening + piece + piece + "…";
        }
    }

    static Stream<Hostile> pieces() {
        return Stream.concat(
                        Arrays.stream(BEGINNINGS.split("§", -1)),
                        Shapes.ALL.stream().map(Shape::anchor))
                .distinct()
                .map(piece -> new Hostile("", piece));
    }

    /** Something is opened once and never closed, or nests. */
    static List<Hostile> openings() {
        Map<String, String> openings = Map.ofEntries(
                Map.entry("password=\"", "a"),
                Map.entry("password='", "a,"),
                Map.entry("password=", "a1"),
                Map.entry("[redacted:", "password=Cedar!7719x "),
                Map.entry("-----BEGIN PRIVATE KEY-----", "MIIEvQ"),
                Map.entry("<password><![CDATA[", "password="),
                Map.entry("user,password\n", "a,b1!cdefg\n"),
                Map.entry("user\tpassword\n", "\t"),
                Map.entry("insert into t (password) values ", "('"),
                Map.entry("Authorization: Basic ", "QUFB"),
                Map.entry("password: a1!b2?c3 ", "a1!b2?c"),
                Map.entry("{\"password\":", "[\""),
                Map.entry("eyJhbGciOiJIUzI1NiJ9.", "eyJ"));
        return Stream.concat(
                        openings.entrySet().stream().map(entry -> new Hostile(entry.getKey(), entry.getValue())),
                        Stream.of(
                                new Hostile("", encoded(encoded(encoded("password=a1!")))),
                                new Hostile("", encoded("x".repeat(96)))))
                .toList();
    }

    private static String encoded(String text) {
        return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
