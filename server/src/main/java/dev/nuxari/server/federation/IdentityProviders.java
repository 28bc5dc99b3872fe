package dev.nuxari.server.federation;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Page;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.federation.ProviderRuling.Done;
import dev.nuxari.server.federation.ProviderRuling.NotAdded;
import dev.nuxari.server.federation.ProviderRuling.NotReady;
import dev.nuxari.server.federation.ProviderRuling.Stale;
import dev.nuxari.server.federation.ProviderRuling.Unknown;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.workflow.Timers;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The identity providers of an organization: set up here, known to the broker from when they are enabled. */
@Component
class IdentityProviders {
    private final OrganizationScope scope;
    private final ProviderStore store;
    private final ProviderChecks checks;
    private final Publication publication;
    private final ProviderSignOut signOut;
    private final ClientSecrets secrets;
    private final Timers timers;
    private final AuditLog audit;
    private final ProviderEvents events;
    private final InstantSource clock;

    // Each is one of the things that a provider is made of.
    @SuppressWarnings("checkstyle:ParameterNumber")
    IdentityProviders(
            OrganizationScope scope,
            ProviderStore store,
            ProviderChecks checks,
            Publication publication,
            ProviderSignOut signOut,
            ClientSecrets secrets,
            Timers timers,
            AuditLog audit,
            Redactor redactor,
            InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.checks = checks;
        this.publication = publication;
        this.signOut = signOut;
        this.secrets = secrets;
        this.timers = timers;
        this.audit = audit;
        this.events = new ProviderEvents(redactor);
        this.clock = clock;
    }

    /** The newest first. */
    Page<IdentityProvider> list(OrganizationId organization, Caller caller, PageRequest page) {
        UUID before = page.afterId();
        return scope.reading(
                organization,
                caller,
                () -> Page.cut(
                        store.list(before, page.rows()),
                        page.limit(),
                        one -> one.id().toString()));
    }

    Optional<IdentityProvider> find(OrganizationId organization, Caller caller, ProviderId id) {
        return scope.reading(organization, caller, () -> store.find(id));
    }

    /** As a draft, whatever was asked for: enabling is a change, which begins with a look. */
    ProviderRuling add(OrganizationId organization, Caller caller, ProviderDraft draft) {
        return scope.within(organization, caller, () -> {
            IdentityProvider added = draft.added(new ProviderId(UuidV7.at(clock.instant())), clock.instant());
            if (!store.add(added, draft.name())) {
                return new NotAdded();
            }
            IdentityProvider kept = seal(added, draft);
            audit.append(events.added(kept));
            return new Done(kept);
        });
    }

    /**
     * Replaces a provider's settings. One that is or becomes enabled is looked at first, between two transactions; the broker
     * is told last, so that nothing is kept that it does not know.
     */
    ProviderRuling change(OrganizationId organization, Caller caller, ProviderId id, int seen, ProviderDraft draft) {
        Optional<IdentityProvider> known = find(organization, caller, id);
        if (known.isEmpty()) {
            return new Unknown();
        }
        draft.requireChangeOf(known.get());
        Diagnosis diagnosis =
                draft.enables() ? look(organization, caller, draft.changed(known.get()), draft.secret()) : null;
        return scope.within(
                organization,
                caller,
                () -> store.lock(id)
                        .<ProviderRuling>map(before -> {
                            ProviderRuling ruling = judge(before, draft.changed(before), seen, diagnosis);
                            settle(organization, caller, before, draft, ruling);
                            return ruling;
                        })
                        .orElseGet(Unknown::new));
    }

    private ProviderRuling judge(
            IdentityProvider before, IdentityProvider after, int seen, @Nullable Diagnosis diagnosis) {
        if (before.version() != seen) {
            return new Stale(before.version());
        }
        if (diagnosis != null && !diagnosis.isGood()) {
            return new NotReady(diagnosis.findings());
        }
        return new Done(diagnosis == null ? after : after.connected(diagnosis.connection(), clock.instant()));
    }

    private void settle(
            OrganizationId organization,
            Caller caller,
            IdentityProvider before,
            ProviderDraft draft,
            ProviderRuling ruling) {
        switch (ruling) {
            case Done(IdentityProvider after) -> {
                int ended = before.isEnabled() && !after.isEnabled()
                        ? signOut.begin(organization, caller, after.id(), after.version())
                        : 0;
                audit.append(events.changed(before, after, ended));
                keep(organization, before, after, draft);
            }
            case Stale _ -> audit.append(events.refused(before.id(), Json.object("refusal", "stale-version")));
            case NotReady(List<Finding> findings) ->
                audit.append(events.refused(
                        before.id(),
                        Json.object("refusal", "not-ready", "findings", ProviderEvents.spelled(findings))));
            case NotAdded _, Unknown _ -> {}
        }
    }

    private void keep(
            OrganizationId organization, IdentityProvider before, IdentityProvider after, ProviderDraft draft) {
        store.save(after, draft.name());
        IdentityProvider kept = seal(after, draft);
        if (kept.isRead()) {
            timers.schedule(
                    ProviderMetadata.KIND, kept.id().toString(), clock.instant().plus(ProviderMetadata.EVERY));
        }
        Connection spoken = kept.connection() == null ? before.connection() : kept.connection();
        if (spoken != null && (kept.isEnabled() || before.state() != ProviderState.DRAFT)) {
            // A disabled one whose source is another now stays at the broker as it was, so that nobody's link is lost.
            publication.publish(organization, kept.speaking(spoken));
        }
    }

    private IdentityProvider seal(IdentityProvider provider, ProviderDraft draft) {
        String secret = draft.secret();
        if (secret == null) {
            return provider;
        }
        secrets.seal(provider.id(), secret);
        return provider.withSecret();
    }

    /** Test-connection: nothing changes. */
    Optional<Diagnosis> check(OrganizationId organization, Caller caller, ProviderId id) {
        return find(organization, caller, id).map(provider -> {
            Diagnosis diagnosis = look(organization, caller, provider, null);
            scope.run(organization, caller, () -> audit.append(events.checked(id, diagnosis)));
            return diagnosis;
        });
    }

    private Diagnosis look(
            OrganizationId organization, Caller caller, IdentityProvider provider, @Nullable String newSecret) {
        String secret = newSecret != null
                ? newSecret
                : scope.reading(organization, caller, () -> secrets.open(provider.id()))
                        .orElse(null);
        Diagnosis diagnosis = checks.look(provider.source(), provider.connection(), secret);
        boolean nobody =
                scope.reading(organization, caller, store::verifiedDomains).isEmpty();
        return nobody ? diagnosis.with(List.of(Finding.NO_VERIFIED_DOMAIN)) : diagnosis;
    }

    /** Empty if there is no such provider. Whoever came in by it stays a member, and has no way in any more. */
    Optional<IdentityProvider> remove(OrganizationId organization, Caller caller, ProviderId id) {
        return scope.within(organization, caller, () -> {
            Optional<IdentityProvider> removed = store.lock(id);
            removed.ifPresent(provider -> {
                store.remove(id);
                boolean known = provider.state() != ProviderState.DRAFT;
                audit.append(events.removed(
                        provider, known ? signOut.begin(organization, caller, id, provider.version() + 1) : 0));
                if (known) {
                    publication.close(organization, id);
                }
            });
            return removed;
        });
    }
}
