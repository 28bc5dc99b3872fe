package dev.nuxari.server.vault;

/** What a credential may be used for. */
public enum Purpose {
    /** Reading accounts, entitlements and who holds what. */
    OBSERVE,
    /** Carrying out an approved step. Never given out without a permit. */
    EXECUTE
}
