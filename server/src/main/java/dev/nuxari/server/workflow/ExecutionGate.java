package dev.nuxari.server.workflow;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.approvals.Approval.Granted;
import dev.nuxari.server.approvals.ApprovalId;
import dev.nuxari.server.approvals.Approvals;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.workflow.Passage.Permitted;
import dev.nuxari.server.workflow.Passage.Reason;
import dev.nuxari.server.workflow.Passage.Refused;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * The one way to an {@link ExecutionPermit}: a granted approval of exactly this plan, not expired, not consumed by another
 * workflow, for a step that the plan has and that nobody is attempting.
 *
 * <p>The database repeats every one of these checks ({@code granted_approval}); either alone holds.
 */
@Service
public class ExecutionGate {
    private final OrganizationScope scope;
    private final Approvals approvals;
    private final ExecutionStore store;
    private final AuditLog audit;
    private final Redactor redactor;
    private final InstantSource clock;

    ExecutionGate(
            OrganizationScope scope,
            Approvals approvals,
            ExecutionStore store,
            AuditLog audit,
            Redactor redactor,
            InstantSource clock) {
        this.scope = scope;
        this.approvals = approvals;
        this.store = store;
        this.audit = audit;
        this.redactor = redactor;
        this.clock = clock;
    }

    /** What a workflow is about to do, and on whose word. */
    public record Attempt(WorkflowId workflow, ApprovalId approvalRef, PlanHash plan, int step) {}

    /** Re-reads the approval and records the attempt in one transaction; every answer is audited. */
    public Passage ask(OrganizationId organization, Caller caller, Attempt attempt) {
        return scope.within(organization, caller, () -> {
            Passage passage = approvals
                    .lockGranted(organization, caller, attempt.approvalRef())
                    .map(granted -> judge(organization, granted, attempt))
                    .orElseGet(() -> new Refused(Reason.NOT_GRANTED));
            audit.append(event(attempt, passage));
            return passage;
        });
    }

    /**
     * Uses a permit up. Answers true once: not before the transaction that made it has committed, not after its attempt has
     * ended, and not twice.
     */
    public boolean redeem(ExecutionPermit permit, Caller caller) {
        return scope.within(permit.organization(), caller, () -> {
            boolean redeemed = store.redeem(permit, clock.instant());
            if (!redeemed) {
                audit.append(AuditEvent.of(
                                WorkflowAction.EXECUTION_REDEEM,
                                new Target("execution", permit.execution().value()))
                        .under(permit.approvalRef().value(), permit.plan())
                        .outcome(Outcome.REFUSED));
            }
            return redeemed;
        });
    }

    private Passage judge(OrganizationId organization, Granted granted, Attempt attempt) {
        Instant now = clock.instant();
        if (!granted.question().planHash().equals(attempt.plan())) {
            return new Refused(Reason.OTHER_PLAN);
        }
        if (!now.isBefore(granted.question().expiresAt())) {
            return new Refused(Reason.EXPIRED);
        }
        if (store.isConsumedByAnother(attempt)) {
            return new Refused(Reason.CONSUMED);
        }
        if (store.of(attempt.workflow()).stream()
                .anyMatch(execution -> execution.step() == attempt.step()
                        && execution.outcome().isEmpty())) {
            return new Refused(Reason.ATTEMPT_UNDERWAY);
        }
        return step(granted, attempt)
                .<Passage>map(step -> new Permitted(new ExecutionPermit(
                        organization, granted.id(), attempt.plan(), step, store.record(attempt, now))))
                .orElseGet(() -> new Refused(Reason.NO_SUCH_STEP));
    }

    /** The step as it was approved: read from the approval's own text, not from what the workflow says. */
    private static Optional<PlannedStep> step(Granted granted, Attempt attempt) {
        return Plan.parse(Json.parseObject(granted.question().plan())).steps().stream()
                .filter(step -> step.position() == attempt.step())
                .findFirst();
    }

    private AuditEvent event(Attempt attempt, Passage passage) {
        AuditEvent event = AuditEvent.of(
                        WorkflowAction.EXECUTION_PERMIT,
                        new Target("workflow", attempt.workflow().value()))
                .under(attempt.approvalRef().value(), attempt.plan());
        return switch (passage) {
            case Permitted(ExecutionPermit permit) ->
                event.metadata(redactor.redact(Json.object(
                        "step",
                        attempt.step(),
                        "executionId",
                        permit.execution().toString())));
            case Refused(Reason reason) ->
                event.outcome(Outcome.REFUSED)
                        .metadata(redactor.redact(Json.object("step", attempt.step(), "reason", Spelling.of(reason))));
        };
    }
}
