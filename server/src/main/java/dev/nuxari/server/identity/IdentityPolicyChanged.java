package dev.nuxari.server.identity;

import dev.nuxari.kernel.OrganizationId;

/** An organization has another identity policy; announced in the transaction of the change. */
public record IdentityPolicyChanged(OrganizationId organization, int version) {}
