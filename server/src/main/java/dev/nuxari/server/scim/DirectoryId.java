package dev.nuxari.server.scim;

import java.util.UUID;

/** Names a directory of one organization. */
public record DirectoryId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
