package dev.nuxari.server.workflow;

import dev.nuxari.server.workflow.ExecutionStore.Execution;
import java.time.Instant;
import java.util.List;

/** What a workflow does next. The decision is pure: the same rows give the same move, also after a crash. */
sealed interface Move {
    /** Nothing happens by itself: it waits for people, or has ended. */
    record Rest() implements Move {}

    /** Not yet: a failed attempt is repeated then. */
    record Wait(Instant until) implements Move {}

    /** Looks, asks the gate, and orders. */
    record Attempt(PlannedStep step) implements Move {}

    /** An attempt has begun and nobody knows its end: only the governed system does. */
    record Resolve(PlannedStep step, Execution interrupted) implements Move {}

    /** Looks whether the governed system is as planned. */
    record Validate(PlannedStep step) implements Move {}

    static Move next(Workflow workflow, Plan plan, List<Execution> executions, Instant now) {
        if (workflow.nextAttemptAt().filter(now::isBefore).isPresent()) {
            return new Wait(workflow.nextAttemptAt().get());
        }
        return switch (workflow.state()) {
            case AWAITING_APPROVAL, COMPLETED, FAILED, REJECTED, CANCELLED, EXPIRED -> new Rest();
            case VALIDATING -> new Validate(step(workflow, plan));
            case SCHEDULED, RUNNING ->
                executions.stream()
                        .filter(execution -> execution.step() == workflow.step())
                        .filter(execution -> execution.outcome().isEmpty())
                        .findFirst()
                        .<Move>map(interrupted -> new Resolve(step(workflow, plan), interrupted))
                        .orElseGet(() -> new Attempt(step(workflow, plan)));
        };
    }

    private static PlannedStep step(Workflow workflow, Plan plan) {
        return plan.steps().stream()
                .filter(step -> step.position() == workflow.step())
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("workflow " + workflow.id() + " has no step " + workflow.step()));
    }
}
