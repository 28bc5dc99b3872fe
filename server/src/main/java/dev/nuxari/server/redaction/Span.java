package dev.nuxari.server.redaction;

/**
 * A stretch of text that holds a secret of a kind, from {@code start} up to but excluding {@code end}.
 *
 * @param rank which rule has the say when two find the same: the lower
 */
record Span(int rank, int start, int end, String kind) {}
