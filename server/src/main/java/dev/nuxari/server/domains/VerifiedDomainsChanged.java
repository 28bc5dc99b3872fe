package dev.nuxari.server.domains;

import dev.nuxari.kernel.OrganizationId;

/** A domain was verified, has lapsed, or was removed while it was verified; announced in the transaction of the change. */
public record VerifiedDomainsChanged(OrganizationId organization) {}
