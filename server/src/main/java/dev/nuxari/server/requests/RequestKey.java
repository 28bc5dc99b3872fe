package dev.nuxari.server.requests;

import dev.nuxari.server.api.InvalidField;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a page of requests begins: before this one, as the newest come first. */
record RequestKey(UUID id) {
    /** After every request. */
    static final RequestKey START = new RequestKey(new UUID(-1, -1));

    static RequestKey parse(@Nullable String cursor) {
        try {
            return cursor == null ? START : new RequestKey(UUID.fromString(cursor));
        } catch (IllegalArgumentException notOurs) {
            throw new InvalidField("cursor", "is no cursor of this list");
        }
    }
}
