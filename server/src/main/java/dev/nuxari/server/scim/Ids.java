package dev.nuxari.server.scim;

import java.util.Optional;
import java.util.UUID;

/** Ids as they come in paths: what is none of ours is unknown, not wrong. */
final class Ids {
    private Ids() {}

    static Optional<UUID> parse(String text) {
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equalsIgnoreCase(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
