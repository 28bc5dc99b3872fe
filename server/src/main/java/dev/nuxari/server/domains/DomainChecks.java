package dev.nuxari.server.domains;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.domains.CheckRuling.Checked;
import dev.nuxari.server.domains.CheckRuling.TooSoon;
import dev.nuxari.server.domains.CheckRuling.Unknown;
import dev.nuxari.server.domains.Domain.Check;
import dev.nuxari.server.domains.Domain.Verified;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.workflow.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Looks for the record of a domain, and decides what the domain is after that. */
@Component
class DomainChecks {
    /** No domain is looked at more often, nor sooner after it was added. */
    static final Duration EVERY = Duration.ofSeconds(10);

    /** A verified domain is looked at again so often. */
    static final Duration AGAIN = Duration.ofDays(1);

    static final String TIMER = "domain-watch";

    private final OrganizationScope scope;
    private final DomainStore store;
    private final DnsLookups dns;
    private final Timers timers;
    private final AuditLog audit;
    private final DomainEvents events;
    private final ApplicationEventPublisher announcements;
    private final InstantSource clock;

    DomainChecks(
            OrganizationScope scope,
            DomainStore store,
            DnsLookups dns,
            Timers timers,
            AuditLog audit,
            Redactor redactor,
            ApplicationEventPublisher announcements,
            InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.dns = dns;
        this.timers = timers;
        this.audit = audit;
        this.events = new DomainEvents(redactor);
        this.announcements = announcements;
        this.clock = clock;
    }

    /** Looks now, between two transactions: name servers may take their time. */
    CheckRuling check(OrganizationId organization, Caller caller, DomainId id) {
        Instant now = clock.instant();
        Optional<Domain> found = scope.reading(organization, caller, () -> store.find(id));
        if (found.isEmpty()) {
            return new Unknown();
        }
        Instant next = now.plus(EVERY);
        if (!scope.within(organization, caller, () -> store.takeTurn(id, now, next))) {
            return new TooSoon(next);
        }
        Challenge challenge = found.get().facts().challenge();
        Lookup lookup = dns.txt(challenge.name());
        CheckOutcome outcome = challenge.judge(lookup);
        try {
            return record(organization, caller, id, new Found(lookup, outcome));
        } catch (DuplicateKeyException _) {
            return record(organization, caller, id, new Found(lookup, CheckOutcome.HELD_ELSEWHERE));
        }
    }

    /** What was found, and what it comes to. */
    private record Found(Lookup lookup, CheckOutcome outcome) {}

    /**
     * Puts it on top of what the domain is by now.
     *
     * @throws DuplicateKeyException if the domain would be verified for two organizations; nothing was changed then
     */
    private CheckRuling record(OrganizationId organization, Caller caller, DomainId id, Found found) {
        return scope.within(
                organization,
                caller,
                () -> store.lock(id)
                        .<CheckRuling>map(before -> {
                            Domain after = before.after(new Check(clock.instant(), found.outcome()));
                            store.save(after);
                            announce(caller, before, after, found.outcome());
                            return new Checked(after, found.outcome(), found.lookup());
                        })
                        .orElseGet(Unknown::new));
    }

    /** The daily look is on record when it changes something, or is the first that fails. */
    private void announce(Caller caller, Domain before, Domain after, CheckOutcome outcome) {
        boolean changes = !DomainEvents.isSame(before, after);
        boolean beginsToFail = isFailing(after) && !isFailing(before);
        if (changes || beginsToFail || caller.id().isMember()) {
            audit.append(events.checked(before, after, outcome));
        }
        if (changes) {
            announcements.publishEvent(new VerifiedDomainsChanged(caller.organization()));
        }
        if (changes && after instanceof Verified verified) {
            timers.schedule(
                    TIMER, verified.facts().id().toString(), clock.instant().plus(AGAIN));
        }
    }

    private static boolean isFailing(Domain domain) {
        return domain instanceof Verified verified && verified.failingSince() != null;
    }
}
