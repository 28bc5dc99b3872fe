package dev.nuxari.server.workflow;

import java.util.UUID;

/** Names one run of an approved plan. */
public record WorkflowId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
