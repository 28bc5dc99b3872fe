package dev.nuxari.server.workflow;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.workflow.Passage.Permitted;
import dev.nuxari.server.workflow.Passage.Refused;
import dev.nuxari.server.workflow.StepPerformer.Condition;
import dev.nuxari.server.workflow.StepPerformer.Performed;
import dev.nuxari.server.workflow.StepPerformer.Report;
import dev.nuxari.server.workflow.WorkflowJournal.Situation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/**
 * Drives one workflow as far as it goes: look, ask the gate, order, look again, seal.
 *
 * <p>Governed systems are reached between transactions, never inside one. What is known is on record before every call and
 * after it, so that a crash at any point leaves a workflow that the next driver can continue.
 */
@Component
class WorkflowEngine implements TimerTask {
    static final String KIND = "workflow";
    private static final Logger log = LoggerFactory.getLogger(WorkflowEngine.class);

    private final WorkflowJournal journal;
    private final ExecutionGate gate;
    private final List<StepPerformer> performers;

    WorkflowEngine(WorkflowJournal journal, ExecutionGate gate, List<StepPerformer> performers) {
        this.journal = journal;
        this.gate = gate;
        this.performers = List.copyOf(performers);
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** The timer's id is the workflow's, and after a slash what set it: several may be due for one workflow. */
    @Override
    public Optional<Instant> run(Caller caller, String id) {
        WorkflowId workflow = new WorkflowId(UUID.fromString(id.split("/", 2)[0]));
        try {
            return drive(caller, workflow);
        } catch (OptimisticLockingFailureException somebodyElse) {
            log.info("Workflow {} is driven by somebody else", workflow);
            return Optional.empty();
        }
    }

    private Optional<Instant> drive(Caller caller, WorkflowId workflow) {
        for (; ; ) {
            Optional<Situation> situation = journal.read(caller, workflow);
            if (situation.isEmpty()) {
                return Optional.empty();
            }
            switch (situation.get().move()) {
                case Move.Rest _ -> {
                    return Optional.empty();
                }
                case Move.Wait(Instant until) -> {
                    return Optional.of(until);
                }
                case Move.Attempt(PlannedStep step) -> attempt(caller, situation.get(), step);
                case Move.Resolve resolve -> {
                    Optional<Instant> until = resolve(caller, situation.get(), resolve);
                    if (until.isPresent()) {
                        return until;
                    }
                }
                case Move.Validate(PlannedStep step) -> validate(caller, situation.get(), step);
            }
        }
    }

    private void attempt(Caller caller, Situation situation, PlannedStep step) {
        OrganizationId organization = caller.organization();
        Condition before;
        try {
            before = of(step).look(organization, caller, step);
        } catch (StepFailure failure) {
            journal.failed(caller, situation.workflow(), failure);
            return;
        }
        switch (journal.permit(caller, situation, step, before, gate)) {
            case Refused _ ->
                log.info("The gate refused workflow {}", situation.workflow().id());
            case Permitted(ExecutionPermit permit) -> perform(caller, situation, permit);
        }
    }

    private void perform(Caller caller, Situation situation, ExecutionPermit permit) {
        try {
            Performed performed = of(permit.step()).perform(permit, caller);
            if (performed == Performed.UNDERWAY) {
                journal.handedOver(caller, situation, permit.step());
                return;
            }
            journal.performed(caller, situation, permit.execution(), permit.step(), performed);
        } catch (StepFailure failure) {
            journal.performFailed(caller, situation, permit.execution(), permit.step(), failure);
        }
    }

    /** Answers when to look again, if there is nothing to do but wait. */
    private Optional<Instant> resolve(Caller caller, Situation situation, Move.Resolve resolve) {
        PlannedStep step = resolve.step();
        ExecutionId execution = resolve.interrupted().id();
        try {
            switch (of(step).report(caller.organization(), caller, step, execution)) {
                case Report.Underway(Instant until) -> {
                    return Optional.of(until);
                }
                case Report.Ended(Performed performed, Json.Obj receipt) ->
                    journal.reported(caller, situation, resolve, performed, receipt);
                case Report.Failed failed -> journal.reportedFailure(caller, situation, resolve, failed);
                case Report.Unknown _ ->
                    journal.resolved(caller, situation, resolve, of(step).look(caller.organization(), caller, step));
            }
        } catch (StepFailure failure) {
            journal.failed(caller, situation.workflow(), failure);
        }
        return Optional.empty();
    }

    private void validate(Caller caller, Situation situation, PlannedStep step) {
        try {
            Condition now = situation
                    .attempt()
                    .map(attempt -> of(step).lookAgain(caller.organization(), caller, step, attempt))
                    .orElseGet(() -> of(step).look(caller.organization(), caller, step));
            journal.validated(caller, situation, step, now);
        } catch (StepFailure failure) {
            journal.failed(caller, situation.workflow(), failure);
        }
    }

    private StepPerformer of(PlannedStep step) {
        return performers.stream()
                .filter(performer -> performer.performs(step))
                .findFirst()
                .orElseThrow(() -> new StepFailure(FailureClass.CONFIGURATION, "Nobody here carries out such a step."));
    }
}
