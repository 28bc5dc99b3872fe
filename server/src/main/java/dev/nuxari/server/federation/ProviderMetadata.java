package dev.nuxari.server.federation;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.api.DependencyDown;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.workflow.TimerTask;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads the metadata of each enabled SAML provider again every day, where it was given by its address, so that a provider may
 * change its keys without anybody coming here. The timer of a provider lives as long as the provider does.
 */
@Component
class ProviderMetadata implements TimerTask {
    static final String KIND = "provider-metadata";
    static final Duration EVERY = Duration.ofDays(1);

    /** While it cannot be used: the key may be about to change. */
    static final Duration SOONER = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(ProviderMetadata.class);
    private static final Duration AGAIN = Duration.ofSeconds(15);

    private final OrganizationScope scope;
    private final ProviderStore store;
    private final ProviderChecks checks;
    private final Publication publication;
    private final AuditLog audit;
    private final ProviderEvents events;
    private final InstantSource clock;

    ProviderMetadata(
            OrganizationScope scope,
            ProviderStore store,
            ProviderChecks checks,
            Publication publication,
            AuditLog audit,
            Redactor redactor,
            InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.checks = checks;
        this.publication = publication;
        this.audit = audit;
        this.events = new ProviderEvents(redactor);
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Optional<Instant> run(Caller caller, String id) {
        var provider = new ProviderId(UUID.fromString(id));
        Optional<IdentityProvider> found = scope.reading(caller.organization(), caller, () -> store.find(provider));
        return found.map(known -> clock.instant().plus(known.isRead() ? read(caller, known) : EVERY));
    }

    /** Looks between two transactions, and answers after what time to look again. */
    private Duration read(Caller caller, IdentityProvider known) {
        Diagnosis read = checks.look(known.source(), known.connection(), null);
        MetadataRuling ruling = MetadataRuling.of(known.connection(), read);
        OrganizationId organization = caller.organization();
        try {
            scope.run(
                    organization,
                    caller,
                    () -> store.lock(known.id())
                            // Somebody has changed it meanwhile, who has looked as well.
                            .filter(now -> now.version() == known.version())
                            .ifPresent(now -> record(organization, now, ruling)));
        } catch (DependencyDown e) {
            log.warn("what the provider {} publishes counts later: {}", known.id(), e.getMessage());
            return AGAIN;
        }
        return ruling instanceof MetadataRuling.Failed ? SOONER : EVERY;
    }

    /** The broker is told last. */
    private void record(OrganizationId organization, IdentityProvider before, MetadataRuling ruling) {
        Instant now = clock.instant();
        switch (ruling) {
            case MetadataRuling.Same _ -> store.read(before.id(), MetadataReading.good(now));
            case MetadataRuling.Failed(Finding why) -> {
                store.read(before.id(), MetadataReading.failed(now, before.reading(), why));
                if (isNews(before, why)) {
                    log.warn(
                            "the metadata of the provider {} of {} cannot be used: {}", before.id(), organization, why);
                    audit.append(events.notRenewed(before.id(), why));
                }
            }
            case MetadataRuling.Renewed(Connection.Saml connection) -> {
                IdentityProvider after = before.renewed(connection, MetadataReading.good(now));
                store.renew(after, now);
                audit.append(events.renewed(before, after));
                publication.publish(organization, after);
            }
        }
    }

    /** The same failure is not put on record every hour. */
    private static boolean isNews(IdentityProvider before, Finding why) {
        return before.reading() == null || before.reading().failure() != why;
    }
}
