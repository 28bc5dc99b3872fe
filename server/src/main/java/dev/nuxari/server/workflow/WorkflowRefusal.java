package dev.nuxari.server.workflow;

import dev.nuxari.kernel.ProblemType;

/** Why a workflow does not do what a person asked of it. */
public enum WorkflowRefusal implements ProblemType {
    NO_SUCH_WORKFLOW(404, "No such workflow", "Look at the list of workflows for the ones there are."),
    WORKFLOW_NOT_RETRYABLE(
            409,
            "Only a failed workflow with a valid approval can be retried",
            "If the approval has expired, ask again; otherwise wait for the workflow to end."),
    WORKFLOW_NOT_CANCELLABLE(
            409,
            "A workflow that is approved cannot be cancelled",
            "Let it end; what it changed can be changed back by a request of its own.");

    private final int status;
    private final String title;
    private final String advice;

    WorkflowRefusal(int status, String title, String advice) {
        this.status = status;
        this.title = title;
        this.advice = advice;
    }

    /** What a person can do about it. */
    public String advice() {
        return advice;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
