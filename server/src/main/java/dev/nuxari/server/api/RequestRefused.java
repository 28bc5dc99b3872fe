package dev.nuxari.server.api;

import dev.nuxari.kernel.Permission;
import dev.nuxari.server.tenancy.Caller;
import java.util.Set;

/**
 * Published when a route was refused because of the caller's role, before any handler ran and outside any scope.
 *
 * @param route the pattern, such as {@code /api/v1/organizations/{organizationId}/requests}
 * @param demanded one of these permissions would have been enough
 */
public record RequestRefused(Caller caller, String method, String route, Set<Permission> demanded) {
    public RequestRefused {
        demanded = Set.copyOf(demanded);
    }
}
