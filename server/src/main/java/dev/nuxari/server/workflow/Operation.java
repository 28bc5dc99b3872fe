package dev.nuxari.server.workflow;

/** What a step does in a governed system. */
public enum Operation {
    GRANT,
    REVOKE,
    DISABLE
}
