package dev.nuxari.server.federation;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.api.DependencyDown;
import dev.nuxari.server.identity.FederatedSessions;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.workflow.TimerTask;
import dev.nuxari.server.workflow.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Signs out whoever came by a provider that is no way in any more: here at once, with the change itself, and then at the broker,
 * where a browser or a program could go on from. A provider that was removed goes from the broker after that; until then
 * its accounts are known by it.
 */
@Component
class ProviderSignOut implements TimerTask {
    private static final Logger log = LoggerFactory.getLogger(ProviderSignOut.class);
    private static final String KIND = "provider-sign-out";
    private static final int UUID_LENGTH = 36;
    private static final Duration AGAIN = Duration.ofSeconds(15);

    private final Timers timers;
    private final FederatedSessions sessions;
    private final OrganizationScope scope;
    private final ProviderStore store;
    private final Publication publication;
    private final InstantSource clock;

    ProviderSignOut(
            Timers timers,
            FederatedSessions sessions,
            OrganizationScope scope,
            ProviderStore store,
            Publication publication,
            InstantSource clock) {
        this.timers = timers;
        this.sessions = sessions;
        this.scope = scope;
        this.store = store;
        this.publication = publication;
        this.clock = clock;
    }

    /**
     * Ends the sessions here, in the scope that is open, and has the broker's ended after it.
     *
     * @param change the version that this makes; each has a timer of its own, so that one that runs does not swallow the next
     * @return how many were open
     */
    int begin(OrganizationId organization, Caller caller, ProviderId provider, int change) {
        timers.schedule(KIND, provider + "." + change, clock.instant());
        return sessions.endAll(organization, caller, provider.value());
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Optional<Instant> run(Caller caller, String id) {
        var provider = new ProviderId(UUID.fromString(id.substring(0, UUID_LENGTH)));
        OrganizationId organization = caller.organization();
        try {
            publication.signOut(organization, provider);
            if (scope.reading(organization, caller, () -> store.find(provider)).isEmpty()) {
                publication.withdraw(organization, provider);
            }
            return Optional.empty();
        } catch (DependencyDown e) {
            log.warn("whoever came by the provider {} is signed out later: {}", provider, e.getMessage());
            return Optional.of(clock.instant().plus(AGAIN));
        }
    }
}
