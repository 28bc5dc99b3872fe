package dev.nuxari.kernel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Compares with ECMAScript, by which RFC 8785 is defined, and with what can be said of all values. */
class JsonPropertyTest {
    private static final List<String> PIECES = List.of(
            "{", "}", "[", "]", ",", ":", "\"a\"", "\"", "\\", "\\u", "d83d", "-", "0", "1", ".", "e", "true", " ");

    private static final int[] BORDERS = {0, 0x1f, '"', '\\', 0x7f, 0x80, 0x7ff, 0x2028, 0xe000, 0xfb33, 0xffff, 0x1f600
    };
    private static final int DEEPEST = 4;
    private static final int WIDEST = 4;

    @SuppressWarnings("NullAway.Init") // jqwik calls start() before the first property
    private static EcmaScript ecmaScript;

    @BeforeContainer
    static void start() {
        ecmaScript = new EcmaScript();
    }

    @AfterContainer
    static void stop() {
        ecmaScript.close();
    }

    @Property(tries = 2000)
    void readsBackWhatItWrites(@ForAll("values") Json value) {
        assertThat(Json.parse(value.canonical())).isEqualTo(value);
    }

    @Property(tries = 2000)
    void writesWhatEcmaScriptWrites(@ForAll("values") Json value) {
        assertThat(ecmaScript.canonical(value.canonical())).isEqualTo(value.canonical());
    }

    @Property(tries = 20_000)
    void writesEveryDoubleAsEcmaScriptDoes(@ForAll long bits) {
        double value = Double.longBitsToDouble(bits);
        if (Double.isFinite(value)) {
            compareWithEcmaScript(value);
        }
    }

    @Property(tries = 1000)
    void writesSmallAndRoundNumbersAsEcmaScriptDoes(@ForAll("plainNumbers") double value) {
        compareWithEcmaScript(value);
    }

    private static void compareWithEcmaScript(double value) {
        String everyDigit = new BigDecimal(value).toString();
        assertThat(new Json.Num(value).canonical()).isEqualTo(ecmaScript.canonical(everyDigit));
    }

    @Property(tries = 5000)
    void anyTextIsReadOrRefusedWithItsPlace(@ForAll("almostJson") String text) {
        readOrRefuse(text);
    }

    @Property(tries = 5000)
    void anyBytesAreReadOrRefusedWithTheirPlace(@ForAll byte[] bytes) {
        readOrRefuse(new String(bytes, UTF_8));
        readOrRefuse(new String(bytes, ISO_8859_1));
    }

    private static void readOrRefuse(String text) {
        try {
            Json value = Json.parse(text);
            assertThat(Json.parse(value.canonical())).isEqualTo(value);
        } catch (JsonException e) {
            assertThat(e.place()).startsWith("position ");
        }
    }

    @Provide
    Arbitrary<String> almostJson() {
        return Arbitraries.of(PIECES).list().ofMaxSize(30).map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<Double> plainNumbers() {
        return Arbitraries.integers()
                .between(-9999, 9999)
                .flatMap(digits -> Arbitraries.integers()
                        .between(-330, 304)
                        .map(exponent -> Double.parseDouble(digits + "e" + exponent)));
    }

    /**
     * Grown by hand from a random seed: a recursive arbitrary remembers every generator it ever made, and now and then that
     * takes all the memory there is.
     */
    @Provide
    Arbitrary<Json> values() {
        return Arbitraries.randomValue(random -> value(random, DEEPEST));
    }

    private static Json value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> random.nextBoolean() ? Json.of(null) : Json.of(random.nextBoolean());
            case 1 -> Json.of(text(random));
            case 2 -> Json.of(number(random));
            case 3 -> Json.of(random.nextInt());
            case 4 -> Json.of(several(random, () -> value(random, depth - 1)));
            default -> Json.of(members(random, depth));
        };
    }

    private static Map<String, Json> members(Random random, int depth) {
        Map<String, Json> members = new HashMap<>();
        several(random, () -> text(random)).forEach(name -> members.put(name, value(random, depth - 1)));
        return members;
    }

    private static <T> List<T> several(Random random, Supplier<T> one) {
        return Stream.generate(one).limit(random.nextInt(WIDEST + 1)).toList();
    }

    private static double number(Random random) {
        double number = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(number) ? number : random.nextInt(1000) / 8.0;
    }

    /** Every scalar value of Unicode, and often one at which an encoding changes. */
    private static String text(Random random) {
        return random.ints(random.nextInt(6), 0, 0x110000)
                .map(point -> random.nextInt(4) == 0 ? BORDERS[point % BORDERS.length] : point)
                .filter(point -> point < 0xd800 || point > 0xdfff)
                .mapToObj(Character::toString)
                .collect(joining());
    }
}
