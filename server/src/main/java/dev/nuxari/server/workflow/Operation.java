package dev.nuxari.server.workflow;

/** What a step does in a governed system. */
public enum Operation {
    GRANT,
    REVOKE,
    DISABLE,
    /** What an edge agent does to its own host; the step's action says what. */
    PERFORM
}
