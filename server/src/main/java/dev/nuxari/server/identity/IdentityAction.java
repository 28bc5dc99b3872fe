package dev.nuxari.server.identity;

import dev.nuxari.server.audit.AuditAction;

/** What of this module is audited. */
enum IdentityAction implements AuditAction {
    SESSION_BEGIN,
    SESSION_END,
    CREDENTIAL_REMOVE,
    MEMBER_CHANGE,
    MEMBER_ENROL,
    MEMBER_ENTER,
    MEMBER_UNLOCK,
    IDENTITY_POLICY_CHANGE
}
