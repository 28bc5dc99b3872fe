package dev.nuxari.server.workflow;

/** What the gate answered. A refusal is evidence too, so it is a value and its transaction commits. */
public sealed interface Passage {
    record Permitted(ExecutionPermit permit) implements Passage {}

    record Refused(Reason reason) implements Passage {}

    /** Why nothing may be executed. */
    enum Reason {
        NOT_GRANTED,
        OTHER_PLAN,
        NO_SUCH_STEP,
        EXPIRED,
        CONSUMED,
        ATTEMPT_UNDERWAY
    }
}
