package dev.nuxari.protocol.agent;

import dev.nuxari.kernel.Spelling;

/** Why an agent takes no action package, in the order in which it looks. Each word is on the wire and keeps its meaning. */
public enum Rejection {
    OVERSIZED("it is larger than any package"),
    MALFORMED("it is not written as packages are"),
    UNSIGNED("it has not exactly one signature"),
    UNKNOWN_KEY("it is not signed by the organization's action key"),
    ALTERED("its signature is not over these bytes"),
    DEEPLY_NESTED("it is nested deeper than any package"),
    KEY_NOT_VALID("it is older than the key that signed it"),
    OTHER_ORGANIZATION("it is for another organization"),
    OTHER_AGENT("it is for another agent"),
    CLOCK_BEHIND("the clock of this host is behind a package that was taken before"),
    TOO_EARLY("it is for later"),
    EXPIRED("it was for earlier"),
    WINDOW_TOO_LONG("it would be good for too long"),
    REPLAYED("it was taken before"),
    SEQUENCE_ROLLED_BACK("a later one was taken before"),
    PLAN_ALTERED("the plan is not the one of this hash"),
    ACTION_NOT_THE_STEP("the plan has no such step for this agent"),
    PLAN_TOO_OLD("the plan is from too long ago, or from the future"),
    STEP_DONE("this step of the plan was carried out before"),
    OTHER_APPROVAL("the event is about another plan or another approval"),
    NOT_GRANTED("the event does not say that the approval was granted"),
    LOG_UNSIGNED("the checkpoint is not this log's"),
    LOG_ROLLED_BACK("the log is shorter than it was"),
    LOG_FORKED("the log says two things of itself"),
    LOG_UNPROVEN("the log is not shown to continue what it was"),
    NOT_IN_LOG("the event is not shown to be in the log"),
    UNKNOWN_ACTION("this agent knows no such action"),
    PARAMETER_INVALID("a parameter is not of its type"),
    NOT_ALLOWED("the policy of this host does not name the action"),
    PARAMETER_NOT_ALLOWED("a parameter is outside the limits of this host's policy"),
    ASSERTIONS_MISSING("too few of the approvers whom this host demands have signed the plan");

    private final String meaning;

    Rejection(String meaning) {
        this.meaning = meaning;
    }

    /** The word on the wire. */
    public String spelled() {
        return Spelling.of(this);
    }

    /** The same for a person. */
    public String meaning() {
        return meaning;
    }
}
