package dev.nuxari.server.scim;

import dev.nuxari.kernel.Json;
import dev.nuxari.server.redaction.Redacted;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user as the directory knows them.
 *
 * @param document the other attributes, in SCIM's spelling
 * @param subject what the broker calls the person, from when the account is made
 */
record DirectoryUser(
        UUID id,
        String userName,
        @Nullable String externalId,
        String email,
        boolean active,
        Json.Obj document,
        @Nullable String subject,
        int version,
        Instant createdAt,
        Instant changedAt) {
    /** What was sent of a user. */
    record Draft(String userName, @Nullable String externalId, String email, boolean active, Redacted document) {
        boolean says(DirectoryUser user) {
            return userName.equals(user.userName())
                    && Objects.equals(externalId, user.externalId())
                    && active == user.active()
                    && document.json().equals(user.document());
        }
    }

    /** What the log says of it: no name and no address. */
    Json.Obj forEvent() {
        return Json.object("active", active, "version", version);
    }
}
