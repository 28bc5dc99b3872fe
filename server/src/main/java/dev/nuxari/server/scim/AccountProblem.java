package dev.nuxari.server.scim;

/** Why a user of a directory is no member yet, or not as the directory would have it. */
enum AccountProblem {
    DOMAIN_NOT_VERIFIED,
    DOMAIN_NOT_ENROLLED,
    /** There is an account with that address at the broker, and nobody has shown that it is the person's. */
    ADDRESS_NOT_VERIFIED,
    BROKER_UNAVAILABLE,
    /** What happened is in the server's log. */
    FAILED
}
