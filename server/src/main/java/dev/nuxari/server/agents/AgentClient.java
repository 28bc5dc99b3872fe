package dev.nuxari.server.agents;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.protocol.agent.AgentKey;
import dev.nuxari.server.tenancy.Caller;

/** An agent that is speaking, with the key by which it has shown to be itself. */
record AgentClient(AgentId agent, AgentKey key, Caller caller) {
    OrganizationId organization() {
        return caller.organization();
    }
}
