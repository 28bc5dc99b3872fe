package dev.nuxari.server.access;

/** Which assignments are listed. */
public enum Book {
    /** What was granted by a workflow, or accepted as the baseline. */
    APPROVED,
    /** What was seen last. */
    OBSERVED,
    /** Where the two differ. */
    DRIFT
}
