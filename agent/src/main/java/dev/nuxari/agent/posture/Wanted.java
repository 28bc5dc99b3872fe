package dev.nuxari.agent.posture;

import dev.nuxari.protocol.Located;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which values of a setting are good.
 *
 * @param oneOf the whole value is one of these; any, if there are none
 * @param without none of these is in its list of words
 */
record Wanted(List<String> oneOf, List<String> without, Optional<Long> atLeast, Optional<Long> atMost) {
    private static final Pattern NUMBER = Pattern.compile("(-?[0-9]{1,12})([smhd]?)");

    Wanted {
        oneOf = List.copyOf(oneOf);
        without = List.copyOf(without);
    }

    static Wanted parse(Located json) {
        List<String> names = new ArrayList<>();
        for (String name : List.of("oneOf", "without", "atLeast", "atMost")) {
            if (json.value().has(name)) {
                names.add(name);
            }
        }
        json.requireMembers(names.toArray(String[]::new));
        if (names.isEmpty()) {
            throw json.refuse("oneOf", "nothing is wanted");
        }
        return new Wanted(
                json.value().has("oneOf") ? json.strings("oneOf") : List.of(),
                json.value().has("without") ? json.strings("without") : List.of(),
                json.value().has("atLeast") ? Optional.of(json.integer("atLeast")) : Optional.empty(),
                json.value().has("atMost") ? Optional.of(json.integer("atMost")) : Optional.empty());
    }

    boolean admits(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        boolean named = oneOf.isEmpty() || oneOf.contains(lower);
        boolean free =
                without.isEmpty() || Stream.of(lower.split("[,\\s]+", -1)).noneMatch(without::contains);
        return named && free && isWithin(lower);
    }

    private boolean isWithin(String value) {
        if (atLeast.isEmpty() && atMost.isEmpty()) {
            return true;
        }
        Optional<Long> number = number(value);
        return number.isPresent()
                && atLeast.stream().allMatch(least -> number.get() >= least)
                && atMost.stream().allMatch(most -> number.get() <= most);
    }

    /** Of a number that may say of itself what it counts: seconds, minutes, hours, days. */
    private static Optional<Long> number(String value) {
        Matcher matcher = NUMBER.matcher(value);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long unit = switch (matcher.group(2)) {
            case "m" -> 60;
            case "h" -> 3_600;
            case "d" -> 86_400;
            default -> 1;
        };
        return Optional.of(Long.parseLong(matcher.group(1)) * unit);
    }
}
