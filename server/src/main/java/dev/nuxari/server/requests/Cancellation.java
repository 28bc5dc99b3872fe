package dev.nuxari.server.requests;

/** What became of taking a request back. */
public sealed interface Cancellation {
    record Cancelled(RequestReport report) implements Cancellation {}

    record Refused(RequestRefusal refusal) implements Cancellation {}
}
