package dev.nuxari.server.workflow;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.server.approvals.ApprovalId;
import dev.nuxari.server.redaction.RedactedText;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One run of an approved plan.
 *
 * @param step the step that is in hand, counted from 1
 * @param attempts how often this step failed in a row
 * @param version grows with every change, so that two drivers of one workflow cannot both go on
 */
public record Workflow(
        WorkflowId id,
        UUID request,
        ApprovalId approval,
        PlanHash plan,
        MemberId requester,
        WorkflowState state,
        int step,
        int attempts,
        Optional<Instant> nextAttemptAt,
        Optional<Failure> failure,
        Optional<UUID> evidencePackage,
        Instant createdAt,
        Optional<Instant> endedAt,
        int version) {
    /** Why it failed, in words that a person can act on. */
    public record Failure(FailureClass failureClass, RedactedText reason) {}

    Workflow become(WorkflowState next) {
        return new Workflow(
                id,
                request,
                approval,
                plan,
                requester,
                next,
                step,
                attempts,
                nextAttemptAt,
                failure,
                evidencePackage,
                createdAt,
                endedAt,
                version);
    }

    /** The attempt succeeded: what failed before is past. */
    Workflow validating() {
        return new Workflow(
                id,
                request,
                approval,
                plan,
                requester,
                WorkflowState.VALIDATING,
                step,
                0,
                Optional.empty(),
                Optional.empty(),
                evidencePackage,
                createdAt,
                endedAt,
                version);
    }

    Workflow nextStep() {
        return new Workflow(
                id,
                request,
                approval,
                plan,
                requester,
                WorkflowState.RUNNING,
                step + 1,
                0,
                Optional.empty(),
                Optional.empty(),
                evidencePackage,
                createdAt,
                endedAt,
                version);
    }

    /** Will try again at that time, in the state it is in. */
    Workflow waiting(Failure why, Instant until) {
        WorkflowState next = state == WorkflowState.VALIDATING ? state : WorkflowState.RUNNING;
        return new Workflow(
                id,
                request,
                approval,
                plan,
                requester,
                next,
                step,
                attempts + 1,
                Optional.of(until),
                Optional.of(why),
                evidencePackage,
                createdAt,
                endedAt,
                version);
    }

    Workflow failed(Failure why) {
        return new Workflow(
                id,
                request,
                approval,
                plan,
                requester,
                WorkflowState.FAILED,
                step,
                attempts,
                Optional.empty(),
                Optional.of(why),
                evidencePackage,
                createdAt,
                endedAt,
                version);
    }

    Workflow retried() {
        return new Workflow(
                id,
                request,
                approval,
                plan,
                requester,
                WorkflowState.SCHEDULED,
                step,
                0,
                Optional.empty(),
                Optional.empty(),
                evidencePackage,
                createdAt,
                Optional.empty(),
                version);
    }

    Workflow ended(Instant at, UUID sealed) {
        return new Workflow(
                id,
                request,
                approval,
                plan,
                requester,
                state,
                step,
                attempts,
                nextAttemptAt,
                failure,
                Optional.of(sealed),
                createdAt,
                Optional.of(at),
                version);
    }
}
