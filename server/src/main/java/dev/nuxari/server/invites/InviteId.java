package dev.nuxari.server.invites;

import java.util.UUID;

/** Names an invitation of one organization. */
public record InviteId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
