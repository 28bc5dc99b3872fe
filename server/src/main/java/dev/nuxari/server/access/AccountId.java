package dev.nuxari.server.access;

import java.util.UUID;

/** Names one account of one governed system, whatever the system calls it. */
public record AccountId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
