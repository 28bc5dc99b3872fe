package dev.nuxari.server.approvals;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.tenancy.Caller;

/** Published when an approval stops being open, in the transaction of whatever settled it. */
public record ApprovalSettled(OrganizationId organization, Caller by, Approval approval) {}
