package dev.nuxari.server.vault;

/** The gate did not honour the permit: it was used before, its attempt has ended, or it is not on record. Audited. */
public final class PermitRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PermitRefused() {
        super("the permit was used before, or its attempt has ended");
    }
}
