package dev.nuxari.server.agents;

import java.util.UUID;

/** Names an edge agent. */
public record AgentId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
