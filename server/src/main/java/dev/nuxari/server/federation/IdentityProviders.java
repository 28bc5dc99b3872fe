package dev.nuxari.server.federation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Page;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.federation.ProviderRuling.Done;
import dev.nuxari.server.federation.ProviderRuling.NotAdded;
import dev.nuxari.server.federation.ProviderRuling.NotReady;
import dev.nuxari.server.federation.ProviderRuling.Stale;
import dev.nuxari.server.federation.ProviderRuling.Unknown;
import dev.nuxari.server.identity.EmailDomain;
import dev.nuxari.server.keys.Envelope;
import dev.nuxari.server.redaction.Redacted;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
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
    private final Envelope envelope;
    private final AuditLog audit;
    private final Redactor redactor;
    private final InstantSource clock;

    // Each is one of the things that a provider is made of.
    @SuppressWarnings("checkstyle:ParameterNumber")
    IdentityProviders(
            OrganizationScope scope,
            ProviderStore store,
            ProviderChecks checks,
            Publication publication,
            Envelope envelope,
            AuditLog audit,
            Redactor redactor,
            InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.checks = checks;
        this.publication = publication;
        this.envelope = envelope;
        this.audit = audit;
        this.redactor = redactor;
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
            audit.append(
                    event(ProviderAction.IDENTITY_PROVIDER_ADD, added.id()).change(Redacted.EMPTY, redacted(kept)));
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
                            enter(id, before, ruling);
                            if (ruling instanceof Done(IdentityProvider after)) {
                                keep(organization, before, after, draft);
                            }
                            return ruling;
                        })
                        .orElseGet(Unknown::new));
    }

    private static ProviderRuling judge(
            IdentityProvider before, IdentityProvider after, int seen, @Nullable Diagnosis diagnosis) {
        if (before.version() != seen) {
            return new Stale(before.version());
        }
        if (diagnosis != null && !diagnosis.isGood()) {
            return new NotReady(diagnosis.findings());
        }
        return new Done(diagnosis == null ? after : connected(after, diagnosis.connection()));
    }

    private static IdentityProvider connected(IdentityProvider provider, @Nullable Connection connection) {
        return new IdentityProvider(
                provider.id(),
                provider.name(),
                provider.state(),
                provider.preset(),
                provider.source(),
                connection,
                provider.hasSecret(),
                provider.enrolment(),
                provider.createdAt(),
                provider.version());
    }

    private void keep(
            OrganizationId organization, IdentityProvider before, IdentityProvider after, ProviderDraft draft) {
        store.save(after, draft.name());
        IdentityProvider kept = seal(after, draft);
        Connection spoken = kept.connection() == null ? before.connection() : kept.connection();
        if (spoken != null && (kept.isEnabled() || before.state() != ProviderState.DRAFT)) {
            // A disabled one whose source is another now stays at the broker as it was, so that nobody's link is lost.
            publication.publish(settings(organization, connected(kept, spoken)), secret(kept.id()));
        }
    }

    private void enter(ProviderId id, IdentityProvider before, ProviderRuling ruling) {
        AuditEvent event = event(ProviderAction.IDENTITY_PROVIDER_CHANGE, id);
        switch (ruling) {
            case Done(IdentityProvider after) -> audit.append(event.change(redacted(before), redacted(after)));
            case Stale _ -> audit.append(refused(event, Json.object("refusal", "stale-version")));
            case NotReady(List<Finding> findings) ->
                audit.append(refused(event, Json.object("refusal", "not-ready", "findings", spelled(findings))));
            case NotAdded _, Unknown _ -> {}
        }
    }

    /** Sealed in a row of its own organization, as credentials are; it goes to the broker and nowhere else. */
    private IdentityProvider seal(IdentityProvider provider, ProviderDraft draft) {
        String secret = draft.secret();
        if (secret == null) {
            return provider;
        }
        store.seal(provider.id(), envelope.seal(secret.getBytes(UTF_8), context(provider.id())));
        return provider.withSecret();
    }

    private @Nullable String secret(ProviderId id) {
        return store.sealedSecret(id)
                .map(kept -> new String(envelope.open(kept, context(id)), UTF_8))
                .orElse(null);
    }

    private static String context(ProviderId id) {
        return "identity-provider/" + id;
    }

    private BrokerSettings settings(OrganizationId organization, IdentityProvider provider) {
        return new BrokerSettings(
                organization,
                provider.id(),
                provider.name(),
                provider.isEnabled(),
                provider.preset(),
                Objects.requireNonNull(provider.connection()),
                provider.enrolment(),
                store.verifiedDomains().stream().map(EmailDomain::new).toList());
    }

    /** Test-connection: nothing changes. */
    Optional<Diagnosis> check(OrganizationId organization, Caller caller, ProviderId id) {
        return find(organization, caller, id).map(provider -> {
            Diagnosis diagnosis = look(organization, caller, provider, null);
            scope.run(
                    organization,
                    caller,
                    () -> audit.append(event(ProviderAction.IDENTITY_PROVIDER_CHECK, id)
                            .outcome(diagnosis.isGood() ? Outcome.SUCCEEDED : Outcome.FAILED)
                            .metadata(redactor.redact(Json.object("findings", spelled(diagnosis.findings()))))));
            return diagnosis;
        });
    }

    private Diagnosis look(
            OrganizationId organization, Caller caller, IdentityProvider provider, @Nullable String newSecret) {
        String secret = newSecret != null
                ? newSecret
                : scope.reading(organization, caller, () -> Optional.ofNullable(secret(provider.id())))
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
                audit.append(
                        event(ProviderAction.IDENTITY_PROVIDER_REMOVE, id).change(redacted(provider), Redacted.EMPTY));
                if (provider.state() != ProviderState.DRAFT) {
                    publication.withdraw(organization, id);
                }
            });
            return removed;
        });
    }

    private static List<String> spelled(List<Finding> findings) {
        return findings.stream().map(Spelling::of).toList();
    }

    private static AuditEvent event(ProviderAction action, ProviderId id) {
        return AuditEvent.of(action, new Target("identity-provider", id.value()));
    }

    private AuditEvent refused(AuditEvent event, Json.Obj particulars) {
        return event.outcome(Outcome.REFUSED).metadata(redactor.redact(particulars));
    }

    private Redacted redacted(IdentityProvider provider) {
        return redactor.redact(provider.forEvent());
    }
}
