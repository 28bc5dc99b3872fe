package dev.nuxari.server.access;

import dev.nuxari.server.audit.AuditAction;

enum AccessAction implements AuditAction {
    OBSERVATION_START,
    OBSERVATION_END,
    BASELINE_ACCEPT,
    ENTITLEMENT_CHANGE
}
