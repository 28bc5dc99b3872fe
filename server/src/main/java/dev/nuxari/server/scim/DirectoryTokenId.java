package dev.nuxari.server.scim;

import java.util.UUID;

/** Names a token of a directory; it opens nothing. */
public record DirectoryTokenId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
