package dev.nuxari.kernel;

/** How much harm an entitlement can do in the wrong hands; it picks the approval policy. In rising order. */
public enum Risk {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
}
