package dev.nuxari.server.redaction;

/** A cheap question before a costly one. */
@FunctionalInterface
interface Condition {
    Condition NONE = (_, _, _) -> true;

    /** Whether the anchor from {@code start} up to but excluding {@code end} may belong to a secret. */
    boolean holds(Text text, int start, int end);
}
