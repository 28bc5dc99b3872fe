package dev.nuxari.kernel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
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

    @Provide
    Arbitrary<Json> values() {
        return Arbitraries.lazyOf(
                () -> Arbitraries.of(Json.of(null), Json.of(true), Json.of(false)),
                () -> texts().map(Json::of),
                () -> Arbitraries.doubles().map(Json::of),
                () -> Arbitraries.integers().map(Json::of),
                () -> values().list().ofMaxSize(4).map(Json::of),
                () -> Arbitraries.maps(texts(), values()).ofMaxSize(4).map(Json::of));
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.integers()
                .between(0, 0x10ffff)
                .filter(point -> point < 0xd800 || point > 0xdfff)
                .edgeCases(edges -> edges.add(0x7f, 0x80, 0x2028, 0xfb33, 0xffff, 0x1f600))
                .list()
                .ofMaxSize(6)
                .map(points -> points.stream().map(Character::toString).reduce("", String::concat));
    }
}
