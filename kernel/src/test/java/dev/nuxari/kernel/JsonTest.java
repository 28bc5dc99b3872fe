package dev.nuxari.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Json.Obj;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    /** The sample object of RFC 8785, section 3.2.2, and its bytes in section 3.2.4. */
    @Test
    void writesTheSampleObjectOfTheRfc() {
        String sample = """
                {"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                 "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                 "literals": [null, true, false]}""";

        assertThat(Json.parse(sample).canonicalBytes()).isEqualTo(HexFormat.of().parseHex("""
                7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e75
                6d62657273223a5b3333333333333333332e333333333333332c31652b33302c342e
                352c302e3030322c31652d32375d2c22737472696e67223a22e282ac245c753030
                30665c6e4127425c225c5c5c5c5c222f227d""".replaceAll("\\s", "")));
    }

    /** RFC 8785, section 3.2.3: names are sorted by UTF-16 code units, which is not the order of code points. */
    @Test
    void sortsNamesAsTheRfcDoes() {
        String sample = """
                {"\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\ufb33": "Hebrew Letter Dalet With Dagesh",
                 "1": "One", "\\ud83d\\ude00": "Emoji: Grinning Face", "\\u0080": "Control",
                 "\\u00f6": "Latin Small Letter O With Diaeresis"}""";

        assertThat(Json.parse(sample).canonical()).isEqualTo("""
                {"\\r":"Carriage Return","1":"One","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis",\
                "\u20ac":"Euro Sign","\ud83d\ude00":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}""");
    }

    /** RFC 8785, appendix B. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2"
    })
    void writesTheNumbersOfTheRfc(String bits, String written) {
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));

        assertThat(new Json.Num(value).canonical()).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "1e400", "-1e400"})
    void refusesWhatIsNoNumber(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Json.of(Double.parseDouble(text))).isInstanceOf(JsonException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|position 0: expected a value, found the end",
                "[1 2]|position 3: expected ]",
                "[1,]|position 3: expected a value",
                "[1|position 2: expected ], found the end",
                "{\"a\":1,}|position 7: expected \"",
                "{\"a\":1,\"a\":2}|position 7: the member name stands twice",
                "{\"a\":1,\"\\u0061\":2}|position 7: the member name stands twice",
                "{a:1}|position 1: expected \"",
                "{\"a\" 1}|position 5: expected :",
                "1 1|position 2: something follows the value",
                "{}x|position 2: something follows the value",
                "01|position 1: something follows the value",
                "+1|position 0: expected a value",
                "1.|position 2: expected a digit, found the end",
                ".5|position 0: expected a value",
                "1e|position 2: expected a digit, found the end",
                "-|position 1: expected a value, found the end",
                "tru|position 0: expected true",
                "TRUE|position 0: expected a value",
                "\"a|position 2: the string does not end, found the end",
                "\"\\x\"|position 2: no such escape",
                "\"\\u12g4\"|position 5: expected a hexadecimal digit",
                "\"\\ud83d\"|position 1: half of a surrogate pair",
                "\"\\ude00\"|position 1: half of a surrogate pair",
                "\"\\ud83dx\"|position 1: half of a surrogate pair",
                "'\"a\u0001\"'|position 2: a control character must be escaped",
                "'\ufeff1'|position 0: expected a value",
            })
    void refusesWithThePlace(String text, String message) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(JsonException.class)
                .hasMessage(message);
    }

    @Test
    void refusesToNestDeeperThanAReaderMustFollow() {
        String deepest = "[".repeat(Json.MAX_DEPTH) + "]".repeat(Json.MAX_DEPTH);

        assertThat(Json.parse(deepest).canonical()).isEqualTo(deepest);
        assertThatThrownBy(() -> Json.parse("[" + deepest + "]")).hasMessage("position 64: nested deeper than 64");
        Json deeper = Json.array(Json.parse(deepest));
        assertThatThrownBy(deeper::canonical).isInstanceOf(JsonException.class);
    }

    @Test
    void refusesMoreValuesThanAReaderMustKeep() {
        String most = "[" + "0,".repeat(Json.MAX_VALUES - 2) + "0]";

        assertThat(Json.parse(most).canonical()).isEqualTo(most);
        assertThatThrownBy(() -> Json.parse(most.replace("]", ",{}]")))
                .isInstanceOf(JsonException.class)
                .hasMessageEndingWith("more than 250000 values");
    }

    @Test
    void textOfOthersIsCutBetweenCharacters() {
        String keys = "\uD83D\uDD11".repeat(200);

        assertThat(Brief.of("short")).isEqualTo("short");
        assertThat(Brief.of(keys)).hasSizeLessThanOrEqualTo(300).endsWith("\uDD11…");
        assertThat(Brief.of("x" + keys)).hasSizeLessThanOrEqualTo(300).endsWith("\uDD11…");
    }

    @Test
    void spellsJavaValues() {
        MemberId member = new MemberId(UUID.fromString("0198c5a0-0000-7000-8000-000000000001"));
        List<Object> withNull = new ArrayList<>(List.of(1));
        withNull.add(null);

        Obj object = Json.object(
                "text",
                "é",
                "long",
                9007199254740991L,
                "at",
                Instant.parse("2026-11-23T10:15:30.123456Z"),
                "actor",
                ActorId.of(member),
                "list",
                withNull,
                "map",
                Map.of("b", 1, "a", true),
                "null",
                null);

        assertThat(object.canonical()).isEqualTo("""
                {"actor":"member:0198c5a0-0000-7000-8000-000000000001","at":"2026-11-23T10:15:30.123Z","list":[1,null],\
                "long":9007199254740991,"map":{"a":true,"b":1},"null":null,"text":"é"}""");
        assertThat(new String(object.canonicalBytes(), UTF_8)).isEqualTo(object.canonical());
    }

    @Test
    void refusesAnIntegerThatADoubleWouldRound() {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.of(9007199254740993L));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.of(Long.MIN_VALUE));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.object("a", 1, "a", 2));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.of("\ud83d"));
    }

    @Test
    void readersNameThePlaceOfWhatIsWrong() {
        Obj object = Json.parseObject("{\"a/b\":1.5,\"s\":\"x\",\"none\":null,\"list\":[{}],\"whole\":7}");

        assertThat(object.string("s")).isEqualTo("x");
        assertThat(object.integer("whole")).isEqualTo(7);
        assertThat(object.objects("list")).hasSize(1);
        assertThat(object.optionalString("none")).isEmpty();
        assertThat(object.optionalString("absent")).isEmpty();
        assertThat(object.optionalString("s")).isEqualTo(Optional.of("x"));
        assertThatThrownBy(() -> object.integer("a/b")).hasMessage("/a~1b: expected an integer");
        assertThatThrownBy(() -> object.string("none")).hasMessage("/none: expected a string");
        assertThatThrownBy(() -> object.string("absent")).hasMessage("/absent: missing");
        assertThatThrownBy(() -> object.optionalString("list")).hasMessage("/list: expected a string");
        assertThatThrownBy(() -> object.strings("list")).hasMessage("/list: expected an array of strings");
    }

    @Test
    void changesMakeAnotherObject() {
        Obj object = Json.object("a", 1, "b", 2);

        assertThat(object.with("c", 3).without("a")).isEqualTo(Json.object("b", 2, "c", 3));
        assertThat(object).isEqualTo(Json.object("b", 2, "a", 1));
    }
}
