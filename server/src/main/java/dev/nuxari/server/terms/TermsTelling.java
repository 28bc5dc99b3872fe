package dev.nuxari.server.terms;

import dev.nuxari.server.api.DependencyDown;
import dev.nuxari.server.broker.BrokerOrganizations;
import dev.nuxari.server.identity.IdentityPolicies;
import dev.nuxari.server.identity.IdentityPolicy;
import dev.nuxari.server.identity.IdentityPolicyChanged;
import dev.nuxari.server.tenancy.Caller;
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
 * Tells a change as soon as it is committed, and again until the broker has taken it. Each version has a timer of its own, and
 * each timer tells what is then the policy, and tells again if there was a newer one by the time it had: the newest one wins,
 * whatever order they run in.
 */
@Component
class TermsTelling implements TimerTask {
    private static final Logger log = LoggerFactory.getLogger(TermsTelling.class);
    private static final String KIND = "broker-terms";
    private static final Duration AGAIN = Duration.ofSeconds(15);

    private final Timers timers;
    private final IdentityPolicies policies;
    private final BrokerOrganizations organizations;
    private final InstantSource clock;

    TermsTelling(Timers timers, IdentityPolicies policies, BrokerOrganizations organizations, InstantSource clock) {
        this.timers = timers;
        this.policies = policies;
        this.organizations = organizations;
        this.clock = clock;
    }

    @EventListener
    void on(IdentityPolicyChanged change) {
        timers.schedule(KIND, String.valueOf(change.version()), clock.instant());
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Optional<Instant> run(Caller caller, String version) {
        IdentityPolicy policy = policies.find(caller.organization(), caller);
        List<String> values = BrokerTerms.values(policy);
        try {
            if (!organizations.attribute(caller.organization(), BrokerTerms.ATTRIBUTE, values)) {
                log.warn("the broker knows no organization {}: it is not told its terms", caller.organization());
                return Optional.empty();
            }
            return isTold(caller, policy, values) ? Optional.empty() : Optional.of(clock.instant());
        } catch (DependencyDown e) {
            log.warn("the terms of {} are told later: {}", caller.organization(), e.getMessage());
            return Optional.of(clock.instant().plus(AGAIN));
        }
    }

    /** Another timer may have told other terms before these arrived, or at once with them: whoever wrote last looks last. */
    private boolean isTold(Caller caller, IdentityPolicy policy, List<String> values) {
        List<String> there = organizations.attribute(caller.organization(), BrokerTerms.ATTRIBUTE);
        return there.stream().sorted().toList().equals(values.stream().sorted().toList())
                && policies.find(caller.organization(), caller).version() == policy.version();
    }
}
