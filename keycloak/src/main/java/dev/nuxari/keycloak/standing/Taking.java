package dev.nuxari.keycloak.standing;

/** What becomes of an account that an organization wants among its own. */
public enum Taking {
    AS_IT_IS,
    /** Nobody else has it any more, and what opens it may be somebody else's: it is taken without any of that. */
    EMPTIED,
    REFUSED
}
