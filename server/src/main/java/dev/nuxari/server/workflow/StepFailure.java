package dev.nuxari.server.workflow;

/** A step could not be looked at or performed. The engine retries what is transient and ends the workflow otherwise. */
public final class StepFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FailureClass failureClass;

    /**
     * Creates a failure.
     *
     * @param reason what a person can act on; free of secrets and of raw answers
     */
    public StepFailure(FailureClass failureClass, String reason) {
        super(reason);
        this.failureClass = failureClass;
    }

    public FailureClass failureClass() {
        return failureClass;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }

    /** Whether waiting may help. */
    public boolean isTransient() {
        return failureClass == FailureClass.CONNECTOR;
    }
}
