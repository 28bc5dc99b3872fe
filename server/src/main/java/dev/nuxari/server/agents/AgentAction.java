package dev.nuxari.server.agents;

import dev.nuxari.server.audit.AuditAction;

enum AgentAction implements AuditAction {
    AGENT_ADD,
    AGENT_ENROL,
    /** By itself: it is another version, or would do other things. */
    AGENT_CHANGE,
    AGENT_REVOKE,
    AGENT_LOSE,
    AGENT_ORDER,
    AGENT_ENROLMENT_ISSUE,
    AGENT_ENROLMENT_REVOKE,
    AGENT_TOKEN_ISSUE,
    AGENT_KEY_REUSE,
    AGENT_PACKAGE_SIGN,
    AGENT_PACKAGE_EXECUTE,
    AGENT_PACKAGE_REJECT
}
