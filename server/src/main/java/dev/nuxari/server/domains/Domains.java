package dev.nuxari.server.domains;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Page;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.domains.Domain.Facts;
import dev.nuxari.server.domains.Domain.Pending;
import dev.nuxari.server.domains.Domain.Verified;
import dev.nuxari.server.identity.EmailDomain;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** The domains of an organization: which it says are its own, and which it has shown to be. */
@Service
public class Domains {
    private final OrganizationScope scope;
    private final DomainStore store;
    private final AuditLog audit;
    private final DomainEvents events;
    private final ApplicationEventPublisher announcements;
    private final InstantSource clock;

    Domains(
            OrganizationScope scope,
            DomainStore store,
            AuditLog audit,
            Redactor redactor,
            ApplicationEventPublisher announcements,
            InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.audit = audit;
        this.events = new DomainEvents(redactor);
        this.announcements = announcements;
        this.clock = clock;
    }

    /** The newest first. */
    public Page<Domain> list(OrganizationId organization, Caller caller, PageRequest page) {
        UUID before = page.afterId();
        return scope.reading(
                organization,
                caller,
                () -> Page.cut(
                        store.list(before, page.rows()),
                        page.limit(),
                        one -> one.facts().id().toString()));
    }

    /** Whether the organization has shown the domain to be its own. */
    public boolean isVerified(OrganizationId organization, Caller caller, EmailDomain domain) {
        return scope.reading(organization, caller, () -> store.isVerified(domain));
    }

    /** Draws the challenge. A domain that was there before has another one. */
    AddRuling add(OrganizationId organization, Caller caller, EmailDomain domain) {
        return scope.within(organization, caller, () -> {
            Instant now = clock.instant();
            var added = new Pending(new Facts(new DomainId(UuidV7.at(now)), Challenge.random(domain), now, null), null);
            if (!store.add(added, now.plus(DomainChecks.EVERY))) {
                return new AddRuling.Refused(
                        store.has(domain) ? DomainProblem.DOMAIN_ALREADY_ADDED : DomainProblem.TOO_MANY_DOMAINS);
            }
            audit.append(events.added(added));
            return new AddRuling.Added(added);
        });
    }

    /** Empty if there is no such domain. */
    Optional<Domain> remove(OrganizationId organization, Caller caller, DomainId id) {
        return scope.within(organization, caller, () -> {
            Optional<Domain> removed = store.lock(id);
            removed.ifPresent(domain -> {
                store.remove(id);
                audit.append(events.removed(domain));
                if (domain instanceof Verified) {
                    announcements.publishEvent(new VerifiedDomainsChanged(organization));
                }
            });
            return removed;
        });
    }
}
