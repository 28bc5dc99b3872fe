package dev.nuxari.server.domains;

import dev.nuxari.server.audit.AuditAction;

enum DomainAction implements AuditAction {
    DOMAIN_ADD,
    DOMAIN_CHECK,
    DOMAIN_VERIFY,
    DOMAIN_LAPSE,
    DOMAIN_REMOVE
}
