package dev.nuxari.keycloak.password;

/** Why a password is not accepted, in words for whoever chose it. */
enum Flaw {
    TOO_SHORT("Use at least {0} characters. Several words in a row are easy to remember."),
    TOO_LONG("Use at most {0} characters."),
    MONOTONOUS("This repeats or counts up a few characters. Use several words in a row."),
    PERSONAL("This is little more than your name or address. Use words that have nothing to do with you."),
    BREACHED("This password has become known from other services. Use one that you have nowhere else.");

    private final String message;

    Flaw(String message) {
        this.message = message;
    }

    /** A pattern of {@link java.text.MessageFormat} whose only argument is a number of characters. */
    String message() {
        return message;
    }
}
