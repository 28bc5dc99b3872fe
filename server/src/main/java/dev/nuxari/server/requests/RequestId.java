package dev.nuxari.server.requests;

import java.util.UUID;

/** Names one thing somebody asked for. */
public record RequestId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
