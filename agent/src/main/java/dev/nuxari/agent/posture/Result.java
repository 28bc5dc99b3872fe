package dev.nuxari.agent.posture;

/** What a check came to. */
public enum Result {
    PASS,
    FAIL,

    /** What it is about is not on this host. */
    NOT_APPLICABLE,

    /** It could not look. */
    ERROR;

    static Result of(boolean holds) {
        return holds ? PASS : FAIL;
    }
}
