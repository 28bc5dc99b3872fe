package dev.nuxari.server.workflow;

/** Who has to act when a step fails. */
public enum FailureClass {
    /** The governed system did not end up as planned. */
    VALIDATION,
    /** The governed system did not answer, or answered with an error of its own. Retrying may help. */
    CONNECTOR,
    /** The governed system refused the credential or the order. */
    PERMISSION,
    /** Settings or names are wrong. */
    CONFIGURATION,
    /** An edge agent refused or was lost. */
    AGENT
}
