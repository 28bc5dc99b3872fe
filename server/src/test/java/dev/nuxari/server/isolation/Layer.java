package dev.nuxari.server.isolation;

import dev.nuxari.kernel.Spelling;

/** What stands between two organizations. */
public enum Layer {
    MIDDLEWARE,
    SERVICE,
    DATA_ACCESS,
    DATABASE;

    String spelled() {
        return Spelling.of(this).replace('-', ' ');
    }
}
