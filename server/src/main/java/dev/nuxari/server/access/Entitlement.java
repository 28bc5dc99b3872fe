package dev.nuxari.server.access;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Risk;

/**
 * Something in a governed system that can be held: a role, a group, a database grant.
 *
 * @param present whether the system still has it
 * @param version counts the changes people made; what {@code If-Match} compares
 */
public record Entitlement(
        EntitlementId id,
        ConnectorId connector,
        String kind,
        String nativeId,
        String name,
        String description,
        Risk risk,
        boolean present,
        int version) {}
