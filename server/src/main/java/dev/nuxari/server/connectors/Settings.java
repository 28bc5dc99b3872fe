package dev.nuxari.server.connectors;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * How to reach a governed system, and what of it is governed. Holds no secret.
 *
 * <p>The readers throw a {@link ConnectorFailure} of the class configuration that names the setting.
 */
public record Settings(Json.Obj json) {
    private static final int HIGHEST_PORT = 65_535;

    /** Refuses settings that nobody reads: most likely they are misspelt. */
    public void allowOnly(Set<String> names) {
        Set<String> unknown = new TreeSet<>(json.members().keySet());
        unknown.removeAll(names);
        if (!unknown.isEmpty()) {
            throw ConnectorFailure.misconfigured("unknown settings: " + String.join(", ", unknown));
        }
    }

    public String text(String name) {
        String value = read(() -> json.string(name));
        if (value.isBlank()) {
            throw ConnectorFailure.misconfigured("the setting " + name + " is blank");
        }
        return value;
    }

    public Optional<String> optionalText(String name) {
        return read(() -> json.optionalString(name));
    }

    public int port(String name) {
        long value = read(() -> json.integer(name));
        if (value < 1 || value > HIGHEST_PORT) {
            throw ConnectorFailure.misconfigured("the setting " + name + " is no port");
        }
        return (int) value;
    }

    /** A list of texts, empty when the setting is absent. */
    public List<String> texts(String name) {
        return json.has(name) ? read(() -> json.strings(name)) : List.of();
    }

    private static <T> T read(Supplier<T> reader) {
        try {
            return reader.get();
        } catch (JsonException e) {
            throw ConnectorFailure.misconfigured("settings: " + e.getMessage());
        }
    }
}
