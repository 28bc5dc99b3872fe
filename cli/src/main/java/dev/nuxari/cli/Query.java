package dev.nuxari.cli;

import dev.nuxari.cli.api.Api;
import org.jspecify.annotations.Nullable;

/** A path with the filters that were given. */
record Query(String path) {
    static Query of(String path) {
        return new Query(path);
    }

    Query with(String name, @Nullable String value) {
        if (value == null) {
            return this;
        }
        return new Query(path + (path.contains("?") ? "&" : "?") + name + "=" + Api.encode(value));
    }
}
