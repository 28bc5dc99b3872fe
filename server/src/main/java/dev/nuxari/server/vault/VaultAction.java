package dev.nuxari.server.vault;

import dev.nuxari.server.audit.AuditAction;

enum VaultAction implements AuditAction {
    CREDENTIAL_STORE
}
