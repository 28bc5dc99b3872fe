package dev.nuxari.server.workflow;

import dev.nuxari.kernel.ActorId;
import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Risk;
import dev.nuxari.server.approvals.Answer.Verdict;
import dev.nuxari.server.approvals.ApprovalId;
import dev.nuxari.server.approvals.Approvals;
import dev.nuxari.server.tenancy.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Permits for tests of what comes after the gate: real ones by the way of approval, and forged ones. */
public record Permits(Workflows workflows, Approvals approvals, ExecutionGate gate) {
    /**
     * As the gate gives it, after one person has asked for the step and the other has approved it. It is the second step of
     * its plan: the workflow, which runs by itself, fails at the first and leaves this one to the test.
     */
    public ExecutionPermit granted(Caller requester, Caller approver, PlannedStep wanted) {
        OrganizationId organization = requester.organization();
        PlannedStep step = at(2, wanted.connector(), wanted);
        var plan = new Plan(
                organization,
                UUID.randomUUID(),
                ActorId.of(requester.memberId()),
                Optional.empty(),
                List.of(at(1, new ConnectorId(UUID.randomUUID()), wanted), step),
                "a test needs it",
                Instant.parse("2026-01-01T12:00:00Z"));
        var submitted = workflows.submit(organization, requester, new Workflows.Submission(plan, Risk.LOW, null));
        approvals.decide(
                organization,
                approver,
                submitted.approval(),
                new Approvals.Word(Verdict.APPROVE, "seen", submitted.planHash()));
        Passage passage = gate.ask(
                organization,
                requester,
                new ExecutionGate.Attempt(
                        submitted.workflow(), submitted.approval(), submitted.planHash(), step.position()));
        if (passage instanceof Passage.Permitted(ExecutionPermit permit)) {
            return permit;
        }
        throw new IllegalStateException("the gate answered " + passage);
    }

    private static PlannedStep at(int position, ConnectorId connector, PlannedStep step) {
        return new PlannedStep(
                position, connector, step.connectorName(), step.operation(), step.account(), step.entitlement());
    }

    /** Made without the gate, which honours none of them. Production code has no such way. */
    public static ExecutionPermit forged(OrganizationId organization, PlannedStep step) {
        return new ExecutionPermit(
                organization,
                new ApprovalId(UUID.randomUUID()),
                new PlanHash("0".repeat(64)),
                step,
                new ExecutionId(UUID.randomUUID()));
    }
}
