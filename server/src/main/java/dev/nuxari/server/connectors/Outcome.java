package dev.nuxari.server.connectors;

/** What came of an order. */
public enum Outcome {
    CHANGED,
    /** It was so already. */
    UNCHANGED
}
