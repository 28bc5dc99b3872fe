package dev.nuxari.server.workflow;

import java.util.UUID;

/** Names one attempt of one privileged step; governed systems see it as the idempotency key. */
public record ExecutionId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
