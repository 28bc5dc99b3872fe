package dev.nuxari.server.agents;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.protocol.agent.AgentKey;
import dev.nuxari.server.tenancy.Caller;

/**
 * A host that shows an enrolment token.
 *
 * @param caller the server, which acts for it
 */
record EnrollingHost(TokenStore.Enrolment enrolment, AgentKey key, Caller caller) {
    OrganizationId organization() {
        return caller.organization();
    }
}
