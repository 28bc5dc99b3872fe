package dev.nuxari.server.identity;

import dev.nuxari.server.tenancy.Origin;

/**
 * Somebody whom the broker has just signed in by a browser, before they are looked for among the members.
 *
 * @param subject what the broker calls them ({@code sub})
 */
public record Arrival(String subject, BrokerProfile profile, Origin origin) {}
