package dev.nuxari.server.access;

import dev.nuxari.server.api.InvalidField;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a page of observations begins: before this one, as the newest come first. */
record ObservationKey(UUID id) {
    /** After every observation. */
    static final ObservationKey START = new ObservationKey(new UUID(-1, -1));

    static ObservationKey parse(@Nullable String cursor) {
        try {
            return cursor == null ? START : new ObservationKey(UUID.fromString(cursor));
        } catch (IllegalArgumentException notOurs) {
            throw new InvalidField("cursor", "is no cursor of this list");
        }
    }
}
