package dev.nuxari.server.approvals;

/** What became of an answer. A refusal is evidence too, so it is a value and its transaction commits. */
public sealed interface Ruling {
    record Accepted(Approval approval) implements Ruling {}

    record Refused(Refusal refusal) implements Ruling {}
}
