package dev.nuxari.server.domains;

/** What a look for the record came to. */
public enum CheckOutcome {
    /** The record is there. */
    FOUND,
    /** The name is there and has no TXT record. */
    NO_RECORD,
    /** There are TXT records, and none of them is the one. */
    OTHER_VALUES,
    /** The name is not there. */
    NO_SUCH_NAME,
    /** The name server said that it failed, or what it said could not be read. */
    SERVER_FAILURE,
    /** No name server answered in time. */
    NO_ANSWER,
    /** The record is there, and the domain is verified elsewhere. Only who has published the record is told. */
    HELD_ELSEWHERE;

    /**
     * Whether it shows that the record is not there. Silence shows nothing of a domain: it is our own name server that is out
     * of reach.
     */
    boolean isAgainst() {
        return switch (this) {
            case NO_RECORD, OTHER_VALUES, NO_SUCH_NAME, SERVER_FAILURE -> true;
            case FOUND, NO_ANSWER, HELD_ELSEWHERE -> false;
        };
    }
}
