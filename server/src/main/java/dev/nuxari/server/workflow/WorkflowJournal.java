package dev.nuxari.server.workflow;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.protocol.EvidenceRecord;
import dev.nuxari.server.approvals.Approval;
import dev.nuxari.server.approvals.Approvals;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.workflow.Entry.Kind;
import dev.nuxari.server.workflow.ExecutionStore.Execution;
import dev.nuxari.server.workflow.Passage.Permitted;
import dev.nuxari.server.workflow.Passage.Refused;
import dev.nuxari.server.workflow.StepPerformer.Condition;
import dev.nuxari.server.workflow.StepPerformer.Performed;
import dev.nuxari.server.workflow.StepPerformer.Report;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Writes down how a workflow goes on: each method is one transaction with rows, evidence and audit event together. */
@Component
class WorkflowJournal {
    private final OrganizationScope scope;
    private final WorkflowStore workflows;
    private final ExecutionStore executions;
    private final Approvals approvals;
    private final WorkflowRecords records;
    private final WorkflowConfig config;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    WorkflowJournal(
            OrganizationScope scope,
            WorkflowStore workflows,
            ExecutionStore executions,
            Approvals approvals,
            WorkflowRecords records,
            WorkflowConfig config,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.scope = scope;
        this.workflows = workflows;
        this.executions = executions;
        this.approvals = approvals;
        this.records = records;
        this.config = config;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A workflow as it was read, with the plan that was approved and what is to be done next.
     *
     * @param attempt the last one of the step that is in hand
     */
    record Situation(Workflow workflow, Plan plan, Move move, Optional<ExecutionId> attempt) {
        boolean isLastStep() {
            return workflow.step() == plan.steps().size();
        }
    }

    Optional<Situation> read(Caller caller, WorkflowId id) {
        return within(
                caller,
                () -> workflows
                        .find(id)
                        .flatMap(workflow -> approvals
                                .find(caller.organization(), caller, workflow.approval())
                                .map(approval -> situation(workflow, approval))));
    }

    private Situation situation(Workflow workflow, Approval approval) {
        Plan plan = Plan.parse(Json.parseObject(approval.question().plan()));
        List<Execution> attempts = executions.of(workflow.id());
        Optional<ExecutionId> last = attempts.stream()
                .filter(attempt -> attempt.step() == workflow.step())
                .map(Execution::id)
                .reduce((_, later) -> later);
        return new Situation(workflow, plan, Move.next(workflow, plan, attempts, clock.instant()), last);
    }

    /** Asks the gate. With the permit goes what the governed system looked like before. */
    Passage permit(Caller caller, Situation situation, PlannedStep step, Condition before, ExecutionGate gate) {
        return within(caller, () -> {
            Workflow workflow = situation.workflow();
            workflows.save(workflow.become(WorkflowState.RUNNING));
            var attempt =
                    new ExecutionGate.Attempt(workflow.id(), workflow.approval(), workflow.plan(), step.position());
            records.add(
                    caller, workflow, EvidenceRecord.Type.PRE_CHANGE_SNAPSHOT, WorkflowRecords.snapshot(step, before));
            Passage passage = gate.ask(caller.organization(), caller, attempt);
            switch (passage) {
                case Permitted(ExecutionPermit permit) ->
                    entry(
                            workflow,
                            Kind.PERMITTED,
                            step.position(),
                            "The gate permits the attempt " + permit.execution());
                case Refused(Passage.Reason reason) -> refused(caller, workflow, step, reason);
            }
            return passage;
        });
    }

    private void refused(Caller caller, Workflow workflow, PlannedStep step, Passage.Reason reason) {
        entry(workflow, Kind.FAILED, step.position(), "The gate refuses: " + Spelling.of(reason));
        String why = reason == Passage.Reason.EXPIRED
                ? "The approval has expired. Ask again; a new plan needs a new approval."
                : "The execution gate refused the step: " + Spelling.of(reason);
        Workflow current = workflows.find(workflow.id()).orElseThrow();
        fail(caller, current, records.failure(FailureClass.PERMISSION, why));
    }

    void performed(Caller caller, Situation situation, ExecutionId execution, PlannedStep step, Performed performed) {
        ended(caller, situation, execution, step, new End(Spelling.of(performed), true, null, Optional.empty()));
    }

    /** Whoever carries the order out answers later; see {@link #reported}. */
    void handedOver(Caller caller, Situation situation, PlannedStep step) {
        run(
                caller,
                () -> entry(
                        situation.workflow(),
                        Kind.HANDED_OVER,
                        step.position(),
                        "The order is signed and waits for its agent"));
    }

    /** The answer that was waited for has come. */
    void reported(Caller caller, Situation situation, Move.Resolve resolve, Performed performed, Json.Obj receipt) {
        ended(
                caller,
                situation,
                resolve.interrupted().id(),
                resolve.step(),
                new End(Spelling.of(performed), true, null, Optional.of(receipt)));
    }

    private void ended(Caller caller, Situation situation, ExecutionId execution, PlannedStep step, End end) {
        String outcome = end.outcome();
        run(caller, () -> {
            Workflow workflow = workflows.lock(situation.workflow().id()).orElseThrow();
            end(caller, workflow, execution, step, end);
            entry(workflow, Kind.EXECUTED, step.position(), "The order was carried out: " + outcome);
            workflows.save(workflow.validating());
        });
    }

    void performFailed(
            Caller caller, Situation situation, ExecutionId execution, PlannedStep step, StepFailure failure) {
        failed(caller, situation, execution, step, new Report.Failed(failure, Optional.empty()));
    }

    /** The answer that was waited for is that it did not work, or it has not come in time. */
    void reportedFailure(Caller caller, Situation situation, Move.Resolve resolve, Report.Failed failed) {
        failed(caller, situation, resolve.interrupted().id(), resolve.step(), failed);
    }

    private void failed(
            Caller caller, Situation situation, ExecutionId execution, PlannedStep step, Report.Failed failed) {
        StepFailure failure = failed.failure();
        run(caller, () -> {
            Workflow workflow = workflows.lock(situation.workflow().id()).orElseThrow();
            var why = records.failure(failure.failureClass(), failure.reason());
            end(caller, workflow, execution, step, new End("failed", false, why, failed.receipt()));
            waitOrFail(caller, workflow, why, failure.isTransient());
        });
    }

    /** A crash left an attempt without an end. What the governed system shows decides; nothing is repeated blindly. */
    void resolved(Caller caller, Situation situation, Move.Resolve resolve, Condition now) {
        run(caller, () -> {
            Workflow workflow = workflows.lock(situation.workflow().id()).orElseThrow();
            Execution interrupted = resolve.interrupted();
            boolean done = now.satisfies(resolve.step().operation());
            String outcome = done ? "resolved-by-observation" : "interrupted";
            end(caller, workflow, interrupted.id(), resolve.step(), new End(outcome, done, null, Optional.empty()));
            entry(
                    workflow,
                    Kind.RESOLVED,
                    resolve.step().position(),
                    done
                            ? "The attempt was interrupted; the governed system shows it took effect"
                            : "The attempt was interrupted; the governed system shows no effect");
            workflows.save(done ? workflow.validating() : workflow.become(WorkflowState.RUNNING));
        });
    }

    void validated(Caller caller, Situation situation, PlannedStep step, Condition now) {
        run(caller, () -> {
            Workflow workflow = workflows.lock(situation.workflow().id()).orElseThrow();
            boolean passed = now.satisfies(step.operation());
            if (!passed && workflow.attempts() + 1 < config.maxAttempts()) {
                var why = records.failure(FailureClass.VALIDATION, "The governed system does not show the change yet.");
                waitOrFail(caller, workflow, why, true);
                return;
            }
            records.add(
                    caller,
                    workflow,
                    EvidenceRecord.Type.VALIDATION_RESULT,
                    WorkflowRecords.validation(step, now, passed));
            if (passed) {
                advance(caller, situation, workflow, step);
            } else {
                records.audit(caller, workflow, WorkflowAction.STEP_VALIDATE, Outcome.FAILED);
                fail(
                        caller,
                        workflow,
                        records.failure(
                                FailureClass.VALIDATION,
                                "The order was accepted, but the governed system does not show the change."));
            }
        });
    }

    private void advance(Caller caller, Situation situation, Workflow workflow, PlannedStep step) {
        Instant at = clock.instant();
        events.publishEvent(
                new StepValidated(caller.organization(), caller, workflow.id(), workflow.approval(), step, at));
        records.audit(caller, workflow, WorkflowAction.STEP_VALIDATE, Outcome.SUCCEEDED);
        entry(workflow, Kind.VALIDATED, step.position(), "The governed system was observed again and is as planned");
        if (situation.isLastStep()) {
            entry(workflow, Kind.COMPLETED, null, "Every step is done");
            records.audit(caller, workflow, WorkflowAction.WORKFLOW_COMPLETE, Outcome.SUCCEEDED);
            close(caller, workflow.become(WorkflowState.COMPLETED));
        } else {
            workflows.save(workflow.nextStep());
        }
    }

    /** A step could not be looked at. */
    void failed(Caller caller, Workflow read, StepFailure failure) {
        run(
                caller,
                () -> waitOrFail(
                        caller,
                        workflows.lock(read.id()).orElseThrow(),
                        records.failure(failure.failureClass(), failure.reason()),
                        failure.isTransient()));
    }

    private void waitOrFail(Caller caller, Workflow workflow, Workflow.Failure why, boolean worthWaiting) {
        int failures = workflow.attempts() + 1;
        if (!worthWaiting || failures >= config.maxAttempts()) {
            fail(caller, workflow, why);
            return;
        }
        Instant until = clock.instant().plus(config.delayAfter(failures));
        entry(workflow, Kind.WAITING, workflow.step(), why.reason().text() + " Trying again at " + until + ".");
        workflows.save(workflow.waiting(why, until));
    }

    private void fail(Caller caller, Workflow workflow, Workflow.Failure why) {
        entry(workflow, Kind.FAILED, workflow.step(), why.reason().text());
        records.audit(caller, workflow, WorkflowAction.WORKFLOW_FAIL, Outcome.FAILED);
        close(caller, workflow.failed(why));
    }

    /** Ends a workflow: seals its evidence and tells whoever waits for it. */
    void close(Caller caller, Workflow workflow) {
        Instant at = clock.instant();
        Workflow ended = workflow.ended(at, records.seal(caller, workflow));
        workflows.save(ended);
        entry(
                ended,
                Kind.SEALED,
                null,
                "Evidence package " + ended.evidencePackage().orElseThrow());
        events.publishEvent(new WorkflowEnded(caller.organization(), caller, ended));
    }

    private record End(
            String outcome, boolean terminal, Workflow.@Nullable Failure failure, Optional<Json.Obj> receipt) {}

    private void end(Caller caller, Workflow workflow, ExecutionId execution, PlannedStep step, End end) {
        Instant at = clock.instant();
        executions.end(execution, end.outcome(), end.failure(), at);
        Execution ended = executions.of(workflow.id()).stream()
                .filter(one -> one.id().equals(execution))
                .findFirst()
                .orElseThrow();
        records.add(
                caller,
                workflow,
                EvidenceRecord.Type.EXECUTION_LOG,
                WorkflowRecords.executionLog(workflow, ended, step, end.terminal(), end.failure())
                        .withPresent("receipt", end.receipt().orElse(null)));
        records.audit(
                caller,
                workflow,
                WorkflowAction.EXECUTION_END,
                end.failure() == null ? Outcome.SUCCEEDED : Outcome.FAILED);
    }

    void entry(Workflow workflow, Kind kind, @Nullable Integer step, String detail) {
        workflows.addEntry(workflow.id(), records.entry(clock.instant(), kind, step, detail));
    }

    int attempts(Workflow workflow, PlannedStep step) {
        return (int) executions.of(workflow.id()).stream()
                .filter(execution -> execution.step() == step.position())
                .count();
    }

    private <T> T within(Caller caller, Supplier<T> work) {
        return scope.within(caller.organization(), caller, work);
    }

    private void run(Caller caller, Runnable work) {
        scope.run(caller.organization(), caller, work);
    }
}
