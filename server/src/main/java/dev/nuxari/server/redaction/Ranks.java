package dev.nuxari.server.redaction;

/** Who has the say about the kind where two rules find the same. Shapes come by their number from {@link #FIRST_SHAPE} on. */
final class Ranks {
    static final int PRIVATE_KEY = 0;
    static final int FIRST_SHAPE = 1;
    static final int PREFIXED = 1000;
    static final int NAMED = 1001;
    static final int COLUMN = 1002;
    static final int ENCODED = 1003;
    static final int REPEAT = 1004;
    static final int MARK = 1005;

    private Ranks() {}

    /** Whether it has a form of its own, and needs no name beside it. */
    static boolean isFormed(Span span) {
        return span.rank() < FIRST_SHAPE + Shapes.OF_ISSUERS || span.rank() == ENCODED;
    }
}
