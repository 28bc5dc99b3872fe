package dev.nuxari.server.identity;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The browser sessions that began by an organization's own identity provider. */
@Component
public class FederatedSessions {
    private final OrganizationScope scope;
    private final SessionStore store;
    private final InstantSource clock;

    FederatedSessions(OrganizationScope scope, SessionStore store, InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.clock = clock;
    }

    /** Ends them all; answers how many were open. Whoever asks for it says so in the audit log. */
    public int endAll(OrganizationId organization, Caller caller, UUID provider) {
        return scope.within(
                organization,
                caller,
                () -> store.endAll(provider, clock.instant()).size());
    }
}
