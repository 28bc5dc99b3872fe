package dev.nuxari.server.vault;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Spelling;

/** The connector has no active credential for the purpose. */
public final class NoCredential extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoCredential(ConnectorId connector, Purpose purpose) {
        super("connector %s has no credential to %s".formatted(connector, Spelling.of(purpose)));
    }
}
