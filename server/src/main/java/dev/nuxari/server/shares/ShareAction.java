package dev.nuxari.server.shares;

import dev.nuxari.server.audit.AuditAction;

enum ShareAction implements AuditAction {
    SHARE_CREATE,
    SHARE_OPEN,
    SHARE_REVOKE
}
