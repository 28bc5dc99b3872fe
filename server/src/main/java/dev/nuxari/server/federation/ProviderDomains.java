package dev.nuxari.server.federation;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.server.api.DependencyDown;
import dev.nuxari.server.domains.VerifiedDomainsChanged;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.workflow.TimerTask;
import dev.nuxari.server.workflow.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Tells the broker for which domains an organization's providers may speak, as soon as that is another than before, and again
 * until the broker has taken it. Each change has a timer of its own, and each timer tells what is then so.
 */
@Component
class ProviderDomains implements TimerTask {
    private static final Logger log = LoggerFactory.getLogger(ProviderDomains.class);
    private static final String KIND = "provider-domains";
    private static final Duration AGAIN = Duration.ofSeconds(15);

    private final Timers timers;
    private final OrganizationScope scope;
    private final ProviderStore store;
    private final Publication publication;
    private final InstantSource clock;

    ProviderDomains(
            Timers timers, OrganizationScope scope, ProviderStore store, Publication publication, InstantSource clock) {
        this.timers = timers;
        this.scope = scope;
        this.store = store;
        this.publication = publication;
        this.clock = clock;
    }

    @EventListener
    void on(VerifiedDomainsChanged change) {
        Instant now = clock.instant();
        timers.schedule(KIND, UuidV7.at(now).toString(), now);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Optional<Instant> run(Caller caller, String id) {
        OrganizationId organization = caller.organization();
        List<ProviderId> providers = scope.reading(organization, caller, store::published);
        try {
            for (ProviderId provider : providers) {
                scope.run(
                        organization,
                        caller,
                        () -> store.lock(provider)
                                .filter(one -> one.connection() != null)
                                .ifPresent(one -> publication.publish(organization, one)));
            }
            return Optional.empty();
        } catch (DependencyDown e) {
            log.warn("the domains of {} are told later: {}", organization, e.getMessage());
            return Optional.of(clock.instant().plus(AGAIN));
        }
    }
}
