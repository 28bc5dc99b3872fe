package dev.nuxari.server.audit;

import dev.nuxari.kernel.OrganizationId;

/** An organization's log has its first event; published in the transaction that appends it. */
public record LogBegun(OrganizationId organization) {}
