package dev.nuxari.server.federation;

import dev.nuxari.server.audit.AuditAction;

enum ProviderAction implements AuditAction {
    IDENTITY_PROVIDER_ADD,
    IDENTITY_PROVIDER_CHANGE,
    IDENTITY_PROVIDER_CHECK,
    IDENTITY_PROVIDER_REMOVE,
    IDENTITY_PROVIDER_RENEW
}
