package dev.nuxari.server.identity;

import java.util.UUID;

/** Names a browser's session. It is no secret: what opens the session is in the browser only. */
public record SessionId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
