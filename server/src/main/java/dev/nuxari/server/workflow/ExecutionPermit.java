package dev.nuxari.server.workflow;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.server.approvals.ApprovalId;

/**
 * The right to attempt one step of one approved plan, once. Only {@link ExecutionGate} makes one.
 *
 * <p>Connectors, the vault and the signer of action packages do nothing without it. It is of no use before the transaction
 * that made it has committed, after it was redeemed, or after its step has ended.
 */
public final class ExecutionPermit {
    private final OrganizationId organization;
    private final ApprovalId approvalRef;
    private final PlanHash plan;
    private final PlannedStep step;
    private final ExecutionId execution;

    ExecutionPermit(
            OrganizationId organization,
            ApprovalId approvalRef,
            PlanHash plan,
            PlannedStep step,
            ExecutionId execution) {
        this.organization = organization;
        this.approvalRef = approvalRef;
        this.plan = plan;
        this.step = step;
        this.execution = execution;
    }

    public OrganizationId organization() {
        return organization;
    }

    public ApprovalId approvalRef() {
        return approvalRef;
    }

    public PlanHash plan() {
        return plan;
    }

    /** The one change that is permitted: an order that differs from it is refused. */
    public PlannedStep step() {
        return step;
    }

    /** The id of the {@code execution} row that records this attempt. */
    public ExecutionId execution() {
        return execution;
    }
}
