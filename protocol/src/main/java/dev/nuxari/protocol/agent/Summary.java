package dev.nuxari.protocol.agent;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.Located;
import org.jspecify.annotations.Nullable;

/** What is said of a host, in the words of its kind and in no others. */
public record Summary(SummaryKind kind, Json.Obj values) {
    public Summary {
        kind.shape().objection(values).ifPresent(name -> {
            throw new IllegalArgumentException("the %s of a %s is not of its type".formatted(name, kind.spelled()));
        });
    }

    /** The values are names and values in turn, as {@link Json#object} takes them. */
    public static Summary of(SummaryKind kind, @Nullable Object... values) {
        return new Summary(kind, Json.object(values));
    }

    public Json.Obj json() {
        return Json.object("kind", kind.spelled(), "values", values);
    }

    /**
     * Reads what {@link #json} writes.
     *
     * @throws dev.nuxari.kernel.JsonException if it is something else
     */
    public static Summary parse(Json.Obj json) {
        return parse(Located.root(json));
    }

    static Summary parse(Located json) {
        json.requireMembers("kind", "values");
        SummaryKind kind = json.constant("kind", SummaryKind.class);
        Json.Obj values = json.object("values").value();
        kind.shape().objection(values).ifPresent(name -> {
            throw json.object("values").refuse(name, "not a value of this kind");
        });
        return new Summary(kind, values);
    }
}
