package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.Observations;
import dev.nuxari.protocol.agent.ValueType.Identifier;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What was sent, for whoever looks for what was read. It is looked for as it stands there, and as somebody could smuggle it out who has only
 * fields of the protocol: cut into many values, without the characters that they do not take, or written in hexadecimal digits or base64.
 */
record SentPieces(Set<String> plain, Set<String> joined, Set<String> coded) {
    private static final int LONG = Identifier.LONGEST + 1;
    private static final int CODED = 64;

    static SentPieces of(String wire, Collection<Observations> observations) {
        Map<String, String> bySource = observations.stream()
                .collect(Collectors.groupingBy(
                        Observations::source, Collectors.mapping(SentPieces::values, Collectors.joining())));
        Set<String> joined = new HashSet<>();
        Set<String> coded = new HashSet<>();
        for (String values : bySource.values()) {
            joined.addAll(pieces(narrowed(values), LONG));
            coded.addAll(pieces(narrowed(values), CODED));
        }
        return new SentPieces(pieces(wire, LONG), joined, coded);
    }

    private static String values(Observations one) {
        return one.summaries().stream()
                .flatMap(summary -> summary.values().members().values().stream())
                .flatMap(value -> value instanceof Json.Str(String text) ? Stream.of(text) : Stream.empty())
                .collect(Collectors.joining());
    }

    /** Whether a part of the line that is longer than an identifier was sent, in whatever clothes. */
    boolean has(String line) {
        return among(plain, line, LONG)
                || among(joined, narrowed(line), LONG)
                || Stream.of(0, 1, 2)
                        .filter(skipped -> skipped < line.length())
                        .flatMap(skipped -> codes(line.substring(skipped)))
                        .anyMatch(code -> among(coded, narrowed(code), CODED));
    }

    private static Stream<String> codes(String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        return Stream.of(
                HexFormat.of().formatHex(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                Base64.getEncoder().withoutPadding().encodeToString(bytes));
    }

    private static String narrowed(String text) {
        return text.replaceAll("[^A-Za-z0-9]", "");
    }

    /** What is coded is looked for at every sixteenth place, which is enough for any piece of some length. */
    private static boolean among(Set<String> sent, String text, int length) {
        int step = length == CODED ? 16 : 1;
        for (int at = 0; at + length <= text.length(); at += step) {
            if (sent.contains(text.substring(at, at + length))) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> pieces(String text, int length) {
        return IntStream.rangeClosed(0, text.length() - length)
                .mapToObj(at -> text.substring(at, at + length))
                .collect(Collectors.toSet());
    }

    static List<String> lines(List<String> raw) {
        return raw.stream().flatMap(String::lines).toList();
    }
}
