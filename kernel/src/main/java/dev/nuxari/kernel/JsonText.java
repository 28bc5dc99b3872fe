package dev.nuxari.kernel;

import dev.nuxari.kernel.Json.Num;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** How Java values are spelled. */
final class JsonText {
    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private JsonText() {}

    static String of(Object value) {
        return switch (value) {
            case Instant instant -> MILLISECONDS.format(instant);
            case Enum<?> constant -> Spelling.of(constant);
            case UUID id -> id.toString();
            case OrganizationId id -> id.toString();
            case MemberId id -> id.toString();
            case ConnectorId id -> id.toString();
            case ActorId id -> id.toString();
            case PlanHash hash -> hash.toString();
            default -> throw new IllegalArgumentException("no JSON for a " + value.getClass());
        };
    }

    static Num number(Number number) {
        boolean rounded = number instanceof Long whole && Math.abs((double) whole) > Num.LARGEST_INTEGER;
        if (rounded) {
            throw new IllegalArgumentException("no double is " + number);
        }
        return new Num(number.doubleValue());
    }

    static void requireWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSurrogatePair(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
                    throw new JsonException("position " + i, "half of a surrogate pair");
                }
                i++;
            }
        }
    }
}
