package dev.nuxari.server.workflow;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.tenancy.Caller;
import java.time.Instant;
import java.util.Optional;

/**
 * Whoever reaches the governed systems. Called outside any transaction; may take seconds.
 *
 * <p>Failures are {@link StepFailure}s. Everything else that is thrown is a defect.
 */
public interface StepPerformer {
    /** Whether this one reaches what the step is about. */
    default boolean performs(PlannedStep step) {
        return step.action() == null;
    }

    /** Looks at the account and the entitlement of a step as they are now. */
    Condition look(OrganizationId organization, Caller caller, PlannedStep step);

    /** Carries out the permitted step; carrying it out again changes nothing. */
    Performed perform(ExecutionPermit permit, Caller caller);

    /** Looks again when the order was carried out. */
    default Condition lookAgain(OrganizationId organization, Caller caller, PlannedStep step, ExecutionId execution) {
        return look(organization, caller, step);
    }

    /** What is known of an order whose end is not on record: because it ends later, or because of a crash. */
    default Report report(OrganizationId organization, Caller caller, PlannedStep step, ExecutionId execution) {
        return new Report.Unknown();
    }

    /** What is known of an order. */
    sealed interface Report {
        /** Nothing: only looking at the governed system tells. */
        record Unknown() implements Report {}

        /** Whoever carries it out has not answered. */
        record Underway(Instant lookAgainAt) implements Report {}

        /**
         * It has ended well.
         *
         * @param receipt the signed word of whoever carried it out
         */
        record Ended(Performed performed, Json.Obj receipt) implements Report {}

        /** It has not. */
        record Failed(StepFailure failure, Optional<Json.Obj> receipt) implements Report {}
    }

    /** What was seen. {@code held} is false when the step names no entitlement; of what an agent performs, it is whether it
     * was done. */
    record Condition(boolean exists, boolean enabled, boolean held) {
        /** Whether nothing is left to do. */
        public boolean satisfies(Operation operation) {
            return switch (operation) {
                case GRANT -> exists && held;
                case REVOKE -> !held;
                case DISABLE -> !enabled;
                case PERFORM -> exists && held;
            };
        }
    }

    /** What came of an order. */
    enum Performed {
        CHANGED,
        UNCHANGED,
        /** Whoever carried it out was interrupted, and saw that it had been done. */
        RESOLVED_BY_OBSERVATION,
        /** It was handed over, and its end is reported later. */
        UNDERWAY
    }
}
