package dev.nuxari.server.requests;

/** What became of a wish. A refusal is evidence too, so it is a value and its transaction commits. */
public sealed interface Submission {
    record Submitted(RequestReport report) implements Submission {}

    record Refused(RequestRefusal refusal) implements Submission {}
}
