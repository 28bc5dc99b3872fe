package dev.nuxari.server.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is wanted. A controller takes one as an argument; the wire spells it {@code ?limit=&cursor=}.
 *
 * @param limit how many items at most, 1 to {@value #LARGEST}
 * @param after the key of the last item of the page before, as {@link dev.nuxari.kernel.Page#cut} took it; null for the
 *     first page
 */
public record PageRequest(int limit, @Nullable String after) {
    public static final int LARGEST = 200;
    public static final int DEFAULT = 50;

    public PageRequest {
        if (limit < 1 || limit > LARGEST) {
            throw new InvalidField("limit", "is a number from 1 to " + LARGEST);
        }
    }

    /** The first page, of the default size. */
    public static PageRequest first() {
        return new PageRequest(DEFAULT, null);
    }

    /** The key of the last item of the page before, where keys are ids; null for the first page. */
    public @Nullable UUID afterId() {
        try {
            return after == null ? null : UUID.fromString(after);
        } catch (IllegalArgumentException _) {
            throw new InvalidField("cursor", "is no cursor of this list");
        }
    }

    /** One more than the limit, so that {@link dev.nuxari.kernel.Page#cut} sees whether there is a next page. */
    public int rows() {
        return limit + 1;
    }
}
