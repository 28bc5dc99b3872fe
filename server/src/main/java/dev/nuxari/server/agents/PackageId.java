package dev.nuxari.server.agents;

import java.util.UUID;

/** Names an action package. */
public record PackageId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
