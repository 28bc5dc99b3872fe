package dev.nuxari.server.connectors;

import dev.nuxari.server.workflow.FailureClass;
import org.jspecify.annotations.Nullable;

/** A governed system could not be reached, refused, or is set up differently than the settings say. */
public final class ConnectorFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FailureClass failureClass;

    /**
     * Creates a failure.
     *
     * @param reason what a person can act on; free of secrets and of raw answers
     */
    public ConnectorFailure(FailureClass failureClass, String reason, @Nullable Throwable cause) {
        super(reason, cause);
        this.failureClass = failureClass;
    }

    /** The system did not answer, or answered with an error of its own. */
    public static ConnectorFailure unavailable(String reason, @Nullable Throwable cause) {
        return new ConnectorFailure(FailureClass.CONNECTOR, reason, cause);
    }

    /** The system refused the credential or the order. */
    public static ConnectorFailure refused(String reason, @Nullable Throwable cause) {
        return new ConnectorFailure(FailureClass.PERMISSION, reason, cause);
    }

    /** Settings or names are wrong. */
    public static ConnectorFailure misconfigured(String reason) {
        return new ConnectorFailure(FailureClass.CONFIGURATION, reason, null);
    }

    public FailureClass failureClass() {
        return failureClass;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
