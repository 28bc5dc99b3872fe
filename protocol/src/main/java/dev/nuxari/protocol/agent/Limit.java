package dev.nuxari.protocol.agent;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.Located;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How far a host lets one parameter go.
 *
 * @param below folders: a path is inside one of them, and is none of them
 */
record Limit(Optional<List<Json>> oneOf, Optional<List<String>> below, OptionalLong atLeast, OptionalLong atMost) {
    private static final Set<String> WORDS = Set.of("oneOf", "below", "atLeast", "atMost");

    static Limit parse(Located json) {
        json.value().members().keySet().stream()
                .filter(name -> !WORDS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw json.refuse(name, "no such limit");
                });
        Optional<List<Json>> oneOf =
                json.value().has("oneOf") ? Optional.of(json.value().array("oneOf")) : Optional.empty();
        Optional<List<String>> below =
                json.value().has("below") ? Optional.of(json.strings("below")) : Optional.empty();
        below.stream().flatMap(List::stream).forEach(folder -> {
            if (!ValueType.AbsolutePath.is(folder)) {
                throw json.refuse("below", "not an absolute path: " + folder);
            }
        });
        return new Limit(oneOf, below, bound(json, "atLeast"), bound(json, "atMost"));
    }

    private static OptionalLong bound(Located json, String name) {
        return json.value().has(name) ? OptionalLong.of(json.integer(name)) : OptionalLong.empty();
    }

    boolean admits(Json value) {
        return oneOf.map(values -> values.contains(value)).orElse(true)
                && below.map(folders -> folders.stream().anyMatch(folder -> isBelow(value, folder)))
                        .orElse(true)
                && (atLeast.isEmpty() || number(value) >= atLeast.getAsLong())
                && (atMost.isEmpty() || number(value) <= atMost.getAsLong());
    }

    private static boolean isBelow(Json value, String folder) {
        return value instanceof Json.Str(String path) && path.startsWith(folder + "/");
    }

    /** What is no number is within no bounds. */
    private static double number(Json value) {
        return value instanceof Json.Num(double number) ? number : Double.NaN;
    }
}
