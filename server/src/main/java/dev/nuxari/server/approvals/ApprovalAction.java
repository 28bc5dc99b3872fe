package dev.nuxari.server.approvals;

import dev.nuxari.server.audit.AuditAction;

enum ApprovalAction implements AuditAction {
    APPROVAL_OPEN,
    APPROVAL_DECIDE,
    APPROVAL_WITHDRAW,
    APPROVAL_EXPIRE
}
