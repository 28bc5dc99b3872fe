package dev.nuxari.server.isolation;

/** What an attempt is after. */
enum Verb {
    /** Something of the other organization is in the answer. */
    READ,
    /** A row of the other organization is changed, added or removed. */
    WRITE,
    /** A row of one's own names an object of the other organization. */
    LINK,
    /** The answer has more items than one's own. */
    COUNT,
    /** The answer differs from the one for an id that nobody has. */
    GUESS
}
