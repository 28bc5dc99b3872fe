package dev.nuxari.server.domains;

import java.util.UUID;

/** Names a domain of one organization, from when it is added until it is removed; added again, it is another one. */
public record DomainId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
