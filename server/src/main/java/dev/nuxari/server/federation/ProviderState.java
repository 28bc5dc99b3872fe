package dev.nuxari.server.federation;

/** Whether people come in by a provider. */
public enum ProviderState {
    /** Never enabled; the broker does not know it. */
    DRAFT,
    ENABLED,
    DISABLED
}
