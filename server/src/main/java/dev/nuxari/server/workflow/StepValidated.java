package dev.nuxari.server.workflow;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.approvals.ApprovalId;
import dev.nuxari.server.tenancy.Caller;
import java.time.Instant;

/** Published when a governed system was seen to be as the step wanted it, in the transaction that records it. */
public record StepValidated(
        OrganizationId organization,
        Caller by,
        WorkflowId workflow,
        ApprovalId approvalRef,
        PlannedStep step,
        Instant at) {}
