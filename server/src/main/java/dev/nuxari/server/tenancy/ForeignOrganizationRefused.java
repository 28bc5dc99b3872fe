package dev.nuxari.server.tenancy;

import dev.nuxari.kernel.OrganizationId;

/** Published when a caller asked a front door for an organization that is not their own. */
public record ForeignOrganizationRefused(Caller caller, OrganizationId asked) {}
