package dev.nuxari.server.workflow;

import dev.nuxari.kernel.ActorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.protocol.EvidenceHeader;
import dev.nuxari.protocol.EvidenceRecord;
import dev.nuxari.server.approvals.Approval;
import dev.nuxari.server.approvals.Approvals;
import dev.nuxari.server.approvals.Decision;
import dev.nuxari.server.approvals.Question;
import dev.nuxari.server.approvals.Stage;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.evidence.Evidence;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.workflow.ExecutionStore.Execution;
import dev.nuxari.server.workflow.StepPerformer.Condition;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns what a workflow does into evidence and audit events, in the form that {@code docs/formats} describes. */
@Component
class WorkflowRecords {
    private final Evidence evidence;
    private final Approvals approvals;
    private final AuditLog audit;
    private final Redactor redactor;

    WorkflowRecords(Evidence evidence, Approvals approvals, AuditLog audit, Redactor redactor) {
        this.evidence = evidence;
        this.approvals = approvals;
        this.audit = audit;
        this.redactor = redactor;
    }

    /** Before anything is locked: the first package of an organization needs its keys made. */
    void prepare(Caller caller) {
        evidence.prepare(caller.organization(), caller);
    }

    void add(Caller caller, Workflow workflow, EvidenceRecord.Type type, Json.Obj content) {
        evidence.add(caller.organization(), caller, workflow.id().value(), type, redactor.redact(content));
    }

    /** What went wrong, without the secrets that a governed system may have put into its message. */
    Workflow.Failure failure(FailureClass failureClass, String reason) {
        return new Workflow.Failure(failureClass, redactor.redact(reason));
    }

    /** A line of the timeline, without those secrets either. */
    Entry entry(Instant at, Entry.Kind kind, @Nullable Integer step, String detail) {
        return new Entry(at, kind, step, redactor.redact(detail));
    }

    void audit(Caller caller, Workflow workflow, WorkflowAction action, Outcome outcome) {
        AuditEvent event = AuditEvent.of(
                        action, new Target("workflow", workflow.id().value()))
                .under(workflow.approval().value(), workflow.plan())
                .requestId(workflow.request())
                .outcome(outcome);
        audit.append(event.metadata(
                redactor.redact(Json.object("step", workflow.step(), "state", Spelling.of(workflow.state())))));
    }

    /**
     * Adds the approval as it ended, and seals the package. A workflow that is sealed again, after a retry, has that record
     * already: an approval that was granted stays as it is.
     */
    UUID seal(Caller caller, Workflow workflow) {
        Approval approval = approvals
                .find(caller.organization(), caller, workflow.approval())
                .orElseThrow();
        evidence.addOnce(
                caller.organization(),
                caller,
                workflow.id().value(),
                EvidenceRecord.Type.APPROVAL,
                redactor.redact(approval(approval)));
        Plan plan = Plan.parse(Json.parseObject(approval.question().plan()));
        PlannedStep first = plan.steps().getFirst();
        return evidence.seal(
                caller.organization(),
                caller,
                new Evidence.Sealing(
                        workflow.id().value(),
                        EvidenceHeader.Outcome.valueOf(workflow.state().name()),
                        first.connector() + "/" + first.account().nativeId(),
                        workflow.approval().value(),
                        workflow.plan(),
                        workflow.request()));
    }

    static Json.Obj evaluation(Plan plan, Question question, Json.@Nullable Obj entitlement) {
        return Json.object(
                "requester", plan.requester().toString(),
                "beneficiary", reference(plan.beneficiary().orElse(null)),
                "risk", Spelling.of(question.risk()),
                "justification", plan.justification(),
                "entitlement", entitlement,
                "policy",
                        Json.object(
                                "name", question.policy().name(),
                                "stages", stages(question)));
    }

    private static Json.Obj approval(Approval approval) {
        Question question = approval.question();
        return Json.object(
                "approvalId", question.id().toString(),
                "planHash", question.planHash().hex(),
                "plan", Json.parse(question.plan()),
                "requester", reference(question.requester()),
                "beneficiary", reference(question.beneficiary().orElse(null)),
                "stages", stages(question),
                "decisions",
                        approval.decisions().stream()
                                .map(WorkflowRecords::decision)
                                .toList(),
                "state", approval.state(),
                "expiresAt", question.expiresAt());
    }

    private static Json.Obj decision(Decision decision) {
        return Json.object(
                        "stage",
                        decision.stage(),
                        "member",
                        reference(decision.answer().by()),
                        "role",
                        Spelling.of(decision.answer().role()),
                        "verdict",
                        Spelling.of(decision.answer().verdict()),
                        "reason",
                        decision.answer().reason(),
                        "planHash",
                        decision.answer().seen().hex(),
                        "at",
                        decision.answer().at())
                .withPresent("acr", decision.answer().acr());
    }

    private static List<Json.Obj> stages(Question question) {
        return question.policy().stages().stream().map(WorkflowRecords::stage).toList();
    }

    private static Json.Obj stage(Stage stage) {
        return Json.object(
                "position", stage.position(),
                "name", stage.name(),
                "quorum", stage.quorum(),
                "roles", stage.roles().stream().map(Spelling::of).sorted().toList());
    }

    static Json.Obj snapshot(PlannedStep step, Condition before) {
        return Json.object(
                "step", step.position(),
                "connectorId", step.connector().toString(),
                "account",
                        Json.object(
                                "nativeId", step.account().nativeId(),
                                "exists", before.exists(),
                                "enabled", before.enabled()),
                "entitlement", entitlement(step),
                "held", step.entitlement() == null ? null : before.held());
    }

    static Json.Obj validation(PlannedStep step, Condition observed, boolean passed) {
        Json.Obj expected = switch (step.operation()) {
            case GRANT -> Json.object("held", true);
            case REVOKE -> Json.object("held", false);
            case DISABLE -> Json.object("enabled", false);
            case PERFORM -> Json.object("held", true);
        };
        return Json.object(
                "step",
                step.position(),
                "expected",
                expected,
                "observed",
                Json.object(
                        "exists", observed.exists(),
                        "enabled", observed.enabled(),
                        "held", observed.held()),
                "result",
                passed ? "passed" : "failed");
    }

    static Json.Obj executionLog(
            Workflow workflow,
            Execution execution,
            PlannedStep step,
            boolean terminal,
            Workflow.@Nullable Failure failure) {
        Json.Obj log = Json.object(
                "step", step.position(),
                "executionId", execution.id().toString(),
                "approvalRef", workflow.approval().toString(),
                "planHash", workflow.plan().hex(),
                "attempt", execution.attempt(),
                "order",
                        Json.object(
                                        "operation",
                                        Spelling.of(step.operation()),
                                        "account",
                                        step.account().nativeId(),
                                        "entitlement",
                                        entitlement(step))
                                .withPresent(
                                        "action",
                                        step.action() == null
                                                ? null
                                                : step.action().toJson()),
                "outcome", execution.outcome().orElseThrow(),
                "terminal", terminal,
                "startedAt", execution.at(),
                "endedAt", execution.endedAt().orElseThrow());
        return failure == null
                ? log
                : log.with(
                        "failure",
                        Json.object(
                                "class",
                                Spelling.of(failure.failureClass()),
                                "reason",
                                failure.reason().text()));
    }

    private static @Nullable String entitlement(PlannedStep step) {
        return step.entitlement() == null ? null : step.entitlement().nativeId();
    }

    private static @Nullable String reference(@Nullable MemberId member) {
        return member == null ? null : ActorId.of(member).toString();
    }
}
