package dev.nuxari.server.workflow;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.tenancy.Caller;

/**
 * Whoever reaches the governed systems. Called outside any transaction; may take seconds.
 *
 * <p>Failures are {@link StepFailure}s. Everything else that is thrown is a defect.
 */
public interface StepPerformer {
    /** Looks at the account and the entitlement of a step as they are now. */
    Condition look(OrganizationId organization, Caller caller, PlannedStep step);

    /** Carries out the permitted step; carrying it out again changes nothing. */
    Performed perform(ExecutionPermit permit, Caller caller);

    /** What was seen. {@code held} is false when the step names no entitlement. */
    record Condition(boolean exists, boolean enabled, boolean held) {
        /** Whether nothing is left to do. */
        public boolean satisfies(Operation operation) {
            return switch (operation) {
                case GRANT -> exists && held;
                case REVOKE -> !held;
                case DISABLE -> !enabled;
            };
        }
    }

    /** What came of an order. */
    enum Performed {
        CHANGED,
        UNCHANGED
    }
}
