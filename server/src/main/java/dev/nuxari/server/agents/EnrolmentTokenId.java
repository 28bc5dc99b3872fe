package dev.nuxari.server.agents;

import java.util.UUID;

/** Names an enrolment token of an agent; it opens nothing. */
public record EnrolmentTokenId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
