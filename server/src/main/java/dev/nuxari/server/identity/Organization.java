package dev.nuxari.server.identity;

import dev.nuxari.kernel.OrganizationId;

/** What an organization is called. */
public record Organization(OrganizationId id, String slug, String name) {}
