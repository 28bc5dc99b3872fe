package dev.nuxari.server.approvals;

import dev.nuxari.kernel.ProblemType;

/** Why a decision does not count. */
public enum Refusal implements ProblemType {
    NO_SUCH_APPROVAL(404, "No such approval", "Look at the list of approvals for the ones there are."),
    APPROVAL_CLOSED(
            409, "The approval is no longer open", "It was decided, withdrawn or has expired. Nothing is left to do."),
    APPROVAL_EXPIRED(
            409, "The approval has expired", "The requester has to ask again; a new request needs a new approval."),
    PLAN_CHANGED(
            409,
            "The plan is not the one that was shown",
            "Your decision names another plan hash. Read the plan again and decide on what you see."),
    SELF_APPROVAL(
            403,
            "Nobody decides on their own request or their own access",
            "Somebody else has to look at this request."),
    ALREADY_DECIDED(
            409,
            "This approver has already decided",
            "A quorum counts distinct people. Somebody else has to decide now."),
    NOT_ELIGIBLE(
            403,
            "This stage is for other roles",
            "Wait for the stage that your role decides in, or leave it to others.");

    private final int status;
    private final String title;
    private final String advice;

    Refusal(int status, String title, String advice) {
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
