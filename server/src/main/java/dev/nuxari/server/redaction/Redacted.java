package dev.nuxari.server.redaction;

import dev.nuxari.kernel.Json;
import java.util.Map;

/**
 * Free-form JSON that has been through the {@link Redactor}. Stores accept nothing else, so that a write which forgot
 * to redact does not compile.
 */
public final class Redacted {
    /** Nothing to say. */
    public static final Redacted EMPTY = new Redacted(new Json.Obj(Map.of()));

    private final Json json;

    Redacted(Json json) {
        this.json = json;
    }

    public Json json() {
        return json;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Redacted redacted && json.equals(redacted.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
