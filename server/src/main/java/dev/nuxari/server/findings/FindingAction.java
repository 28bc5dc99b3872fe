package dev.nuxari.server.findings;

import dev.nuxari.server.audit.AuditAction;

enum FindingAction implements AuditAction {
    FINDING_OPEN
}
