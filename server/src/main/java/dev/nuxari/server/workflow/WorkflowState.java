package dev.nuxari.server.workflow;

/** Where a workflow stands. Which state may follow which is a trigger's business, {@code possible_transition}. */
public enum WorkflowState {
    AWAITING_APPROVAL,
    SCHEDULED,
    RUNNING,
    VALIDATING,
    COMPLETED,
    FAILED,
    REJECTED,
    CANCELLED,
    EXPIRED;

    /** Whether nothing more happens by itself. */
    public boolean hasEnded() {
        return switch (this) {
            case AWAITING_APPROVAL, SCHEDULED, RUNNING, VALIDATING -> false;
            case COMPLETED, FAILED, REJECTED, CANCELLED, EXPIRED -> true;
        };
    }
}
