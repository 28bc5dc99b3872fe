package dev.nuxari.server.requests;

import dev.nuxari.server.audit.AuditAction;

enum RequestAction implements AuditAction {
    REQUEST_SUBMIT,
    REQUEST_CANCEL
}
