package dev.nuxari.server.workflow;

import dev.nuxari.kernel.ActorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Page;
import dev.nuxari.kernel.Permission;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Risk;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.protocol.EvidenceRecord;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.approvals.Approval;
import dev.nuxari.server.approvals.ApprovalId;
import dev.nuxari.server.approvals.ApprovalSettled;
import dev.nuxari.server.approvals.Approvals;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.workflow.Entry.Kind;
import dev.nuxari.server.workflow.Workflows.StepState.Progress;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/** Takes plans, has them approved, and carries them out by itself from there. */
@Service
public class Workflows {
    private final OrganizationScope scope;
    private final WorkflowStore store;
    private final Approvals approvals;
    private final WorkflowRecords records;
    private final WorkflowJournal journal;
    private final Timers timers;
    private final Redactor redactor;
    private final InstantSource clock;

    Workflows(
            OrganizationScope scope,
            WorkflowStore store,
            Approvals approvals,
            WorkflowRecords records,
            WorkflowJournal journal,
            Timers timers,
            Redactor redactor,
            InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.approvals = approvals;
        this.records = records;
        this.journal = journal;
        this.timers = timers;
        this.redactor = redactor;
        this.clock = clock;
    }

    /**
     * A plan to be approved and carried out.
     *
     * @param entitlement what the evaluation record says of the entitlement ({@code connectorId}, {@code nativeId}, {@code
     *     name}, {@code risk}); absent when an account is disabled
     */
    public record Submission(Plan plan, Risk risk, Json.@Nullable Obj entitlement) {}

    /** What became of a submission: whom to ask about it, and the hash that approvers decide on. */
    public record Submitted(WorkflowId workflow, ApprovalId approval, PlanHash planHash) {}

    /** What a person asked of a workflow, and what came of it. */
    public sealed interface Answer {
        record Done(Workflow workflow) implements Answer {}

        record Refused(WorkflowRefusal refusal) implements Answer {}
    }

    /** One workflow with all that is worth showing. */
    public record Dossier(Workflow workflow, Plan plan, String planText, List<Entry> timeline, List<StepState> steps) {}

    /** A step and how far it is. */
    public record StepState(PlannedStep step, Progress state, int attempts) {
        /** What became of the step so far. */
        public enum Progress {
            PENDING,
            RUNNING,
            SUCCEEDED,
            FAILED,
            SKIPPED
        }
    }

    /** Redacts the plan, puts it to approvers and keeps the workflow that waits for them. Joins the open scope. */
    public Submitted submit(OrganizationId organization, Caller caller, Submission submission) {
        return scope.within(organization, caller, () -> {
            records.prepare(caller);
            var redacted = redactor.redact(submission.plan().toJson());
            Plan plan = Plan.parse(Json.parseObject(redacted.json().canonical()));
            Approval.Open approval = approvals.ask(
                    organization,
                    caller,
                    new Approvals.Asking(redacted, submission.risk(), memberOf(plan.requester()), plan.beneficiary()));
            WorkflowId id = store.add(
                    plan.request(),
                    approval.id(),
                    approval.question().planHash(),
                    approval.question().requester(),
                    clock.instant());
            Workflow workflow = store.find(id).orElseThrow();
            records.add(
                    caller,
                    workflow,
                    EvidenceRecord.Type.ACCESS_EVALUATION,
                    WorkflowRecords.evaluation(plan, approval.question(), submission.entitlement()));
            journal.entry(workflow, Kind.SUBMITTED, null, "The plan waits for approval");
            timers.schedule(
                    ApprovalExpiry.KIND,
                    approval.id().toString(),
                    approval.question().expiresAt());
            records.audit(caller, workflow, WorkflowAction.WORKFLOW_SUBMIT, Outcome.SUCCEEDED);
            return new Submitted(id, approval.id(), workflow.plan());
        });
    }

    /** What the approvers said is what happens: in their transaction, so that no grant is ever lost. */
    @EventListener
    void on(ApprovalSettled settled) {
        store.awaiting(settled.approval().id()).flatMap(store::lock).ifPresent(workflow -> {
            switch (settled.approval()) {
                case Approval.Open _ -> {}
                case Approval.Granted _ -> {
                    journal.entry(workflow, Kind.GRANTED, null, "Every quorum is reached");
                    store.save(workflow.become(WorkflowState.SCHEDULED));
                    timers.schedule(WorkflowEngine.KIND, workflow.id().toString(), clock.instant());
                }
                case Approval.Rejected _ -> end(settled, workflow, WorkflowState.REJECTED, Kind.REJECTED);
                case Approval.Expired _ -> end(settled, workflow, WorkflowState.EXPIRED, Kind.EXPIRED);
                case Approval.Withdrawn _ -> end(settled, workflow, WorkflowState.CANCELLED, Kind.CANCELLED);
            }
        });
    }

    private void end(ApprovalSettled settled, Workflow workflow, WorkflowState state, Kind kind) {
        journal.entry(
                workflow,
                kind,
                null,
                "The approval ended: " + settled.approval().state());
        journal.close(settled.by(), workflow.become(state));
    }

    /** Continues a failed workflow under the same approval, while that is valid. */
    public Answer retry(OrganizationId organization, Caller caller, WorkflowId id) {
        return scope.within(organization, caller, () -> {
            Optional<Workflow> found = store.lock(id);
            if (found.isEmpty()) {
                return new Answer.Refused(WorkflowRefusal.NO_SUCH_WORKFLOW);
            }
            Workflow workflow = found.get();
            if (workflow.state() != WorkflowState.FAILED || !isStillGranted(organization, caller, workflow)) {
                records.audit(caller, workflow, WorkflowAction.WORKFLOW_RETRY, Outcome.REFUSED);
                return new Answer.Refused(WorkflowRefusal.WORKFLOW_NOT_RETRYABLE);
            }
            store.save(workflow.retried());
            journal.entry(workflow, Kind.RETRIED, workflow.step(), "Retried by a person, under the same approval");
            timers.schedule(WorkflowEngine.KIND, id + "/" + workflow.version(), clock.instant());
            records.audit(caller, workflow, WorkflowAction.WORKFLOW_RETRY, Outcome.SUCCEEDED);
            return new Answer.Done(store.find(id).orElseThrow());
        });
    }

    private boolean isStillGranted(OrganizationId organization, Caller caller, Workflow workflow) {
        return approvals
                .lockGranted(organization, caller, workflow.approval())
                .filter(granted -> clock.instant().isBefore(granted.question().expiresAt()))
                .isPresent();
    }

    /** Looks at once how far a workflow is, because whatever it waits for may have come. */
    public void resume(OrganizationId organization, Caller caller, WorkflowId id) {
        scope.run(
                organization,
                caller,
                () -> timers.schedule(WorkflowEngine.KIND, id + "/" + UuidV7.at(clock.instant()), clock.instant()));
    }

    /** Takes a workflow back while people are still being asked. */
    public Answer cancel(OrganizationId organization, Caller caller, WorkflowId id) {
        return scope.within(organization, caller, () -> {
            Optional<Workflow> found = store.find(id);
            if (found.isEmpty()) {
                return new Answer.Refused(WorkflowRefusal.NO_SUCH_WORKFLOW);
            }
            Workflow workflow = found.get();
            boolean withdrawn = workflow.state() == WorkflowState.AWAITING_APPROVAL
                    && approvals
                            .withdraw(organization, caller, workflow.approval())
                            .isPresent();
            records.audit(
                    caller, workflow, WorkflowAction.WORKFLOW_CANCEL, withdrawn ? Outcome.SUCCEEDED : Outcome.REFUSED);
            return withdrawn
                    ? new Answer.Done(store.find(id).orElseThrow())
                    : new Answer.Refused(WorkflowRefusal.WORKFLOW_NOT_CANCELLABLE);
        });
    }

    /** Empty for an unknown id, and for one that the caller may not see. */
    public Optional<Dossier> find(OrganizationId organization, Caller caller, WorkflowId id) {
        return scope.reading(
                organization,
                caller,
                () -> store.find(id)
                        .filter(workflow -> isVisible(caller, workflow))
                        .flatMap(workflow -> approvals
                                .find(organization, caller, workflow.approval())
                                .map(approval -> dossier(workflow, approval))));
    }

    /** Several at once; those that the caller may not see are not among them. */
    public Map<WorkflowId, Workflow> all(OrganizationId organization, Caller caller, Collection<WorkflowId> ids) {
        return scope.reading(
                organization,
                caller,
                () -> store.all(ids).stream()
                        .filter(workflow -> isVisible(caller, workflow))
                        .collect(Collectors.toMap(Workflow::id, workflow -> workflow)));
    }

    /** The newest first: everybody's, or one's own for those who may not read more. */
    public Page<Workflow> list(
            OrganizationId organization, Caller caller, Optional<WorkflowState> state, PageRequest page) {
        MemberId only = caller.may(Permission.WORKFLOWS_READ) ? null : caller.memberId();
        UUID before = page.afterId();
        return scope.reading(
                organization,
                caller,
                () -> Page.cut(
                        store.list(only, state.orElse(null), before, page.rows()),
                        page.limit(),
                        workflow -> workflow.id().toString()));
    }

    private static boolean isVisible(Caller caller, Workflow workflow) {
        return caller.may(Permission.WORKFLOWS_READ) || workflow.requester().equals(caller.memberId());
    }

    private Dossier dossier(Workflow workflow, Approval approval) {
        Plan plan = Plan.parse(Json.parseObject(approval.question().plan()));
        List<StepState> steps = plan.steps().stream()
                .map(step -> new StepState(step, stateOf(step, workflow), journal.attempts(workflow, step)))
                .toList();
        return new Dossier(workflow, plan, approval.question().plan(), store.entries(workflow.id()), steps);
    }

    private static Progress stateOf(PlannedStep step, Workflow workflow) {
        if (step.position() < workflow.step() || workflow.state() == WorkflowState.COMPLETED) {
            return Progress.SUCCEEDED;
        }
        if (step.position() > workflow.step()) {
            return workflow.state().hasEnded() ? Progress.SKIPPED : Progress.PENDING;
        }
        return switch (workflow.state()) {
            case AWAITING_APPROVAL, SCHEDULED -> Progress.PENDING;
            case RUNNING, VALIDATING -> Progress.RUNNING;
            case COMPLETED -> Progress.SUCCEEDED;
            case FAILED -> Progress.FAILED;
            case REJECTED, CANCELLED, EXPIRED -> Progress.SKIPPED;
        };
    }

    private static MemberId memberOf(ActorId requester) {
        return MemberId.parse(requester.id());
    }
}
