package dev.nuxari.server.identity;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.tenancy.Origin;
import java.util.Optional;

/**
 * Somebody whom the broker has just signed in by a browser, before they are looked for among the members.
 *
 * @param subject what the broker calls them ({@code sub})
 * @param spokenForBy the organization whose identity provider says who they are; empty where they have shown it themselves
 */
public record Arrival(String subject, Optional<OrganizationId> spokenForBy, BrokerProfile profile, Origin origin) {}
