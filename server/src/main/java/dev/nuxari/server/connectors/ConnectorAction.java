package dev.nuxari.server.connectors;

import dev.nuxari.server.audit.AuditAction;

enum ConnectorAction implements AuditAction {
    CONNECTOR_REGISTER
}
