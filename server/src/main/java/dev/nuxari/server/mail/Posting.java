package dev.nuxari.server.mail;

/** What became of a letter that was to be sent. */
public enum Posting {
    /** The mail server has taken it over. */
    SENT,
    /** There is no mail server. */
    NOT_CONFIGURED,
    /** The mail server could not be reached, or not as safely as demanded. */
    NO_CONNECTION,
    /** It did not let us in, or would not take the letter now. */
    NOT_ACCEPTED,
    /** It says that there is no such address. */
    ADDRESS_REFUSED
}
