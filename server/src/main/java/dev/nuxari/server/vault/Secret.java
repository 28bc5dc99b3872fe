package dev.nuxari.server.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A credential in clear: named values such as {@code username} and {@code password}. It prints as {@code ***}, has nothing
 * that a JSON library would write, and is kept no longer than the call that needs it.
 */
public final class Secret {
    private static final int MOST_FIELDS = 16;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_VALUE = 16_384;

    private final Map<String, String> fields;

    private Secret(Map<String, String> fields) {
        this.fields = Map.copyOf(fields);
    }

    /**
     * A secret of these fields.
     *
     * @throws IllegalArgumentException if there are none, too many, or one is too long; the message has no value in it
     */
    public static Secret of(Map<String, String> fields) {
        if (fields.isEmpty() || fields.size() > MOST_FIELDS) {
            throw new IllegalArgumentException("a credential has 1 to " + MOST_FIELDS + " fields");
        }
        fields.forEach((name, value) -> {
            if (name.isBlank() || name.length() > LONGEST_NAME) {
                throw new IllegalArgumentException("a field's name has 1 to " + LONGEST_NAME + " characters");
            }
            if (value.isEmpty() || value.length() > LONGEST_VALUE) {
                throw new IllegalArgumentException(
                        "the field %s has 1 to %d characters".formatted(name, LONGEST_VALUE));
            }
        });
        return new Secret(fields);
    }

    /** The names of what is in here. */
    public Set<String> names() {
        return fields.keySet();
    }

    /** One value in clear. */
    public Optional<String> reveal(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    byte[] toBytes() {
        return Json.of(new TreeMap<>(fields)).canonicalBytes();
    }

    static Secret parse(byte[] bytes) {
        Json.Obj json = Json.parseObject(new String(bytes, UTF_8));
        Map<String, String> fields = new TreeMap<>();
        json.members().keySet().forEach(name -> fields.put(name, json.string(name)));
        return new Secret(fields);
    }

    @Override
    public String toString() {
        return "***";
    }
}
