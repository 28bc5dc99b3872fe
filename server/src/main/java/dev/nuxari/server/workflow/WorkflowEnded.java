package dev.nuxari.server.workflow;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.tenancy.Caller;

/** Published when a workflow ends, in the transaction that ends it, with its evidence sealed. */
public record WorkflowEnded(OrganizationId organization, Caller by, Workflow workflow) {}
