package dev.nuxari.server.identity;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.tenancy.Caller;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request, how they proved it, and for which of their organizations they were admitted.
 *
 * @param assurance how sure that is
 * @param session the browser's session and what it holds; null for a bearer token
 */
record Authentication(
        Caller caller,
        Assurance assurance,
        List<OrganizationId> organizations,
        @Nullable OpenSession session) {
    static final String ATTRIBUTE = "dev.nuxari.server.identity.Authentication";

    Authentication {
        organizations = List.copyOf(organizations);
    }

    record OpenSession(Session row, SessionSecret secret) {}

    Optional<OpenSession> openSession() {
        return Optional.ofNullable(session);
    }
}
