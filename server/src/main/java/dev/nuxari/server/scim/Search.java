package dev.nuxari.server.scim;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a directory wants to see of what it has sent.
 *
 * @param path which, see {@link FilterPath}; null for all
 * @param member groups with this member only
 * @param sortBy where the value stands by which they are sorted; empty for the order in which they came
 */
record Search(
        @Nullable String path, @Nullable UUID member, List<String> sortBy, boolean ascending, long offset, int limit) {
    Search {
        sortBy = List.copyOf(sortBy);
    }

    boolean isPlain() {
        return path == null && member == null && sortBy.isEmpty();
    }
}
