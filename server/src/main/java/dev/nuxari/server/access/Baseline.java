package dev.nuxari.server.access;

/** What became of a proposed baseline. A refusal is evidence too, so it is a value and its transaction commits. */
public sealed interface Baseline {
    /** So many assignments are approved now. */
    record Accepted(int assignments) implements Baseline {}

    record Refused(AccessRefusal refusal) implements Baseline {}
}
