package dev.nuxari.server.connectors;

import java.util.List;

/** The kinds of governed systems, and what can be done with each. */
public enum ConnectorKind {
    KEYCLOAK,
    POSTGRESQL,
    LDAP;

    /** What can be done with a governed system. */
    public enum Capability {
        OBSERVE,
        GRANT,
        REVOKE,
        DISABLE,
        ROTATE
    }

    public List<Capability> capabilities() {
        return List.of(Capability.OBSERVE, Capability.GRANT, Capability.REVOKE, Capability.DISABLE);
    }
}
