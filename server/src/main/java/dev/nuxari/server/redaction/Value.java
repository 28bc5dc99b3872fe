package dev.nuxari.server.redaction;

/** A value as it stands in a text, without the quotes around it. */
record Value(Text text, int start, int end, boolean quoted) {
    private static final int ENOUGH = 500;
    private static final int FAR_ENOUGH = 64;

    /** The value, or as much of it as is needed to judge it. */
    Text content() {
        return text.subSequence(start, Math.min(end, start + ENOUGH));
    }

    boolean isEmpty() {
        return end <= start;
    }

    /** Whether nothing but punctuation follows on its line. */
    boolean endsLine() {
        int at = end;
        while (at < text.length() && at - end < FAR_ENOUGH && ",;.\"'` )]}\t\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at >= text.length() || text.charAt(at) == '\n';
    }
}
