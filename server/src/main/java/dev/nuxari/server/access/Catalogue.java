package dev.nuxari.server.access;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Page;
import dev.nuxari.kernel.Risk;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.access.EntitlementStore.Held;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.connectors.Connectors;
import dev.nuxari.server.redaction.Redacted;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** What can be held in the governed systems, and by which accounts. */
@Service
public class Catalogue {
    private final OrganizationScope scope;
    private final EntitlementStore entitlements;
    private final AccountStore accounts;
    private final BookStore books;
    private final Correlation correlation;
    private final Connectors connectors;
    private final AuditLog audit;
    private final Redactor redactor;

    Catalogue(
            OrganizationScope scope,
            EntitlementStore entitlements,
            AccountStore accounts,
            BookStore books,
            Correlation correlation,
            Connectors connectors,
            AuditLog audit,
            Redactor redactor) {
        this.scope = scope;
        this.entitlements = entitlements;
        this.accounts = accounts;
        this.books = books;
        this.correlation = correlation;
        this.connectors = connectors;
        this.audit = audit;
        this.redactor = redactor;
    }

    /** What the systems offer, in order of names; entitlements that vanished are not listed. */
    public Page<CatalogueEntry> entitlements(
            OrganizationId organization, Caller caller, EntitlementFilter filter, PageRequest page) {
        NameKey after = NameKey.parse(page.after());
        return scope.reading(organization, caller, () -> {
            List<Held> found = entitlements.list(filter, caller.email(), after, page.rows());
            Map<ConnectorId, String> names = connectors.names(organization, caller);
            return Page.cut(
                            found,
                            page.limit(),
                            held -> NameKey.of(held.entitlement()).toString())
                    .map(held -> entry(held, names));
        });
    }

    public Optional<CatalogueEntry> entry(OrganizationId organization, Caller caller, EntitlementId id) {
        return scope.reading(
                organization,
                caller,
                () -> entitlements
                        .entry(id, caller.email())
                        .map(held -> entry(held, connectors.names(organization, caller))));
    }

    private static CatalogueEntry entry(Held held, Map<ConnectorId, String> names) {
        Entitlement entitlement = held.entitlement();
        return new CatalogueEntry(
                entitlement, names.getOrDefault(entitlement.connector(), ""), held.holders(), held.byViewer());
    }

    public Optional<Entitlement> entitlement(OrganizationId organization, Caller caller, EntitlementId id) {
        return scope.reading(organization, caller, () -> entitlements.find(id));
    }

    /** Changes what people know better than the system: risk and description. */
    public Changed change(OrganizationId organization, Caller caller, EntitlementId id, EntitlementChange change) {
        return scope.within(organization, caller, () -> {
            Optional<Entitlement> found = entitlements.lock(id);
            Changed changed = found.map(withoutSecrets(change)::applyTo).orElseGet(Changed.Unknown::new);
            if (changed instanceof Changed.Accepted(Entitlement after)) {
                entitlements.save(after, redactor.redact(after.description()), change.description() != null);
            }
            audit.append(event(id, changed, found));
            return changed;
        });
    }

    /** Whoever asks is answered with what was stored. */
    private EntitlementChange withoutSecrets(EntitlementChange change) {
        String description = change.description();
        return new EntitlementChange(
                change.version(),
                change.risk(),
                description == null ? null : redactor.redact(description).text());
    }

    /** Accounts in order of names. */
    public Page<OwnedAccount> accounts(
            OrganizationId organization, Caller caller, AccountFilter filter, PageRequest page) {
        NameKey after = NameKey.parse(page.after());
        return scope.reading(organization, caller, () -> {
            List<Account> found = accounts.list(filter, caller.email(), after, page.rows());
            Map<ConnectorId, String> names = connectors.names(organization, caller);
            Map<AccountId, MemberId> members = correlation.membersOf(found);
            return Page.cut(found, page.limit(), account -> NameKey.of(account).toString())
                    .map(account -> new OwnedAccount(
                            account, names.getOrDefault(account.connector(), ""), members.get(account.id())));
        });
    }

    /** The risk of each of these, as it is now. */
    public Map<EntitlementId, Risk> risks(OrganizationId organization, Caller caller, Collection<EntitlementId> ids) {
        return scope.reading(organization, caller, () -> entitlements.risks(ids));
    }

    public Optional<Account> account(OrganizationId organization, Caller caller, AccountId id) {
        return scope.reading(organization, caller, () -> accounts.find(id));
    }

    /** The caller's own accounts in one system, those that vanished not among them. */
    public List<Account> ownAccounts(OrganizationId organization, Caller caller, ConnectorId connector) {
        return scope.reading(organization, caller, () -> accounts.of(caller.email(), connector));
    }

    /** Whether an account holds an entitlement, by each book. */
    public Standing standing(OrganizationId organization, Caller caller, AccountId account, EntitlementId entitlement) {
        return scope.reading(organization, caller, () -> books.standing(account, entitlement));
    }

    /** Whose accounts these are; those of nobody in particular are not among the keys. */
    public Map<AccountId, MemberId> membersOf(OrganizationId organization, Caller caller, Collection<Account> owned) {
        return scope.reading(organization, caller, () -> correlation.membersOf(owned));
    }

    private AuditEvent event(EntitlementId id, Changed changed, Optional<Entitlement> found) {
        AuditEvent event = AuditEvent.of(AccessAction.ENTITLEMENT_CHANGE, new Target("entitlement", id.value()));
        return switch (changed) {
            case Changed.Accepted(Entitlement after) ->
                event.change(found.map(this::redacted).orElse(Redacted.EMPTY), redacted(after));
            case Changed.Stale _ ->
                event.outcome(Outcome.REFUSED).metadata(redactor.redact(Json.object("refusal", "stale-version")));
            case Changed.Unknown _ ->
                event.outcome(Outcome.REFUSED)
                        .metadata(redactor.redact(Json.object("refusal", AccessRefusal.NO_SUCH_ENTITLEMENT.slug())));
        };
    }

    private Redacted redacted(Entitlement entitlement) {
        return redactor.redact(Json.object(
                "risk", Spelling.of(entitlement.risk()),
                "description", entitlement.description(),
                "version", entitlement.version()));
    }
}
