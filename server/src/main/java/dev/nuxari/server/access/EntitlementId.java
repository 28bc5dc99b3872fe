package dev.nuxari.server.access;

import java.util.UUID;

/** Names one entry of the catalogue. */
public record EntitlementId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
