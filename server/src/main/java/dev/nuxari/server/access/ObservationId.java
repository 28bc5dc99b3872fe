package dev.nuxari.server.access;

import java.util.UUID;

/** Names one observation. */
public record ObservationId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
