package dev.nuxari.server.scim;

import dev.nuxari.kernel.Json;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A group as the directory knows it, without its members. */
record DirectoryGroup(
        UUID id, String displayName, @Nullable String externalId, int version, Instant createdAt, Instant changedAt) {
    /** What was sent of a group. */
    record Draft(String displayName, @Nullable String externalId, Set<UUID> members) {
        Draft {
            members = Set.copyOf(members);
        }
    }

    String key() {
        return displayName.toLowerCase(Locale.ROOT);
    }

    /** What the filters read. */
    Json.Obj search() {
        return Json.object("id", id, "displayName", key(), "meta", UserDocument.meta(createdAt, changedAt, "group"))
                .withPresent("externalId", externalId);
    }

    DirectoryGroup next(String newName, @Nullable String newExternalId, Instant at) {
        return new DirectoryGroup(id, newName, newExternalId, version + 1, createdAt, at);
    }
}
