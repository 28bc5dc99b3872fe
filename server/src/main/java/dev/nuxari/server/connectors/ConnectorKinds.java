package dev.nuxari.server.connectors;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The one connector of each kind. */
@Component
class ConnectorKinds {
    private final Map<ConnectorKind, Connector> connectors = new EnumMap<>(ConnectorKind.class);

    ConnectorKinds(List<Connector> all) {
        for (Connector connector : all) {
            if (connectors.put(connector.kind(), connector) != null) {
                throw new IllegalStateException("two connectors of the kind " + connector.kind());
            }
        }
        for (ConnectorKind kind : ConnectorKind.values()) {
            if (!connectors.containsKey(kind)) {
                throw new IllegalStateException("no connector of the kind " + kind);
            }
        }
    }

    Connector of(ConnectorKind kind) {
        Connector connector = connectors.get(kind);
        if (connector == null) {
            throw new IllegalStateException("no connector of the kind " + kind);
        }
        return connector;
    }
}
