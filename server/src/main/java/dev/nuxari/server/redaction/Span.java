package dev.nuxari.server.redaction;

/** A stretch of text that holds a secret of a kind, from {@code start} up to but excluding {@code end}. */
record Span(int start, int end, String kind) {}
