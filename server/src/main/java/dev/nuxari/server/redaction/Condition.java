package dev.nuxari.server.redaction;

/** A cheap question before a costly one. */
@FunctionalInterface
interface Condition {
    Condition NONE = (_, _, _) -> true;
    Condition BEHIND_DIGIT = (text, start, _) -> start > 0 && Character.isDigit(text.charAt(start - 1));
    Condition BEFORE_DIGIT = (text, _, end) -> end < text.length() && Character.isDigit(text.charAt(end));
    Condition ENDS_WORD = (text, _, end) -> Words.isEnd(text, end);

    /** Whether the anchor from {@code start} up to but excluding {@code end} may belong to a secret. */
    boolean holds(CharSequence text, int start, int end);
}
