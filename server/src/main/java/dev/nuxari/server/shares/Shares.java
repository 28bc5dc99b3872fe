package dev.nuxari.server.shares;

import dev.nuxari.kernel.ActorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Page;
import dev.nuxari.server.api.InvalidField;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditFilter;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.audit.AuditSearch;
import dev.nuxari.server.audit.AuditTrail.Recorded;
import dev.nuxari.server.audit.LogKeys;
import dev.nuxari.server.evidence.EvidenceExports;
import dev.nuxari.server.redaction.RedactedText;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.shares.ShareStore.Terms;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The links of an organization, for its members. */
@Service
public class Shares {
    private final OrganizationScope scope;
    private final ShareStore store;
    private final EvidenceExports exports;
    private final AuditSearch search;
    private final AuditLog audit;
    private final LogKeys keys;
    private final Redactor redactor;
    private final InstantSource clock;

    Shares(
            OrganizationScope scope,
            ShareStore store,
            EvidenceExports exports,
            AuditSearch search,
            AuditLog audit,
            LogKeys keys,
            Redactor redactor,
            InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.exports = exports;
        this.search = search;
        this.audit = audit;
        this.keys = keys;
        this.redactor = redactor;
        this.clock = clock;
    }

    /** For whom a link is, for how long, and how often it may be opened. */
    public record Conditions(
            String recipient, Duration validFor, @Nullable Integer mostUses) {}

    /** A link as members see it. */
    record Listed(Share share, MemberId createdBy, boolean creatorPermitted, Optional<MemberId> revokedBy) {}

    /** A link that was made a moment ago: the one time that its token is there to be shown. */
    record Made(Listed listed, ShareToken token) {}

    /** Empty if there is no such package. */
    Optional<Made> share(OrganizationId organization, Caller caller, UUID evidencePackage, Conditions conditions) {
        if (!exports.prepare(organization, caller, evidencePackage)) {
            return Optional.empty();
        }
        return Optional.of(make(
                organization,
                caller,
                conditions,
                Json.object("packageId", evidencePackage),
                (token, recipient, terms) -> store.add(token, recipient, evidencePackage, terms)));
    }

    Made share(OrganizationId organization, Caller caller, AuditFilter filter, Conditions conditions) {
        keys.prepare(organization, caller);
        return make(
                organization, caller, conditions, Json.object("filter", filter.json()), (token, recipient, terms) -> {
                    mustBeWithoutSecrets(filter);
                    AuditSearch.Found found = search.find(organization, caller, filter);
                    return store.add(token, recipient, AuditFilter.parse(filter.json()), found, terms);
                });
    }

    /** A filter is kept as it is, because its link looks for that again. */
    private void mustBeWithoutSecrets(AuditFilter filter) {
        if (!redactor.redact(filter.json()).json().equals(filter.json())) {
            throw new InvalidField("filter", "names what looks like a secret, and would be kept with the link");
        }
    }

    @FunctionalInterface
    private interface Adding {
        UUID add(ShareToken token, RedactedText recipient, Terms terms);
    }

    private Made make(
            OrganizationId organization, Caller caller, Conditions conditions, Json.Obj shared, Adding adding) {
        ShareToken token = ShareToken.random(organization);
        Instant now = clock.instant();
        var terms = new Terms(caller.memberId(), now, now.plus(conditions.validFor()), conditions.mostUses());
        return scope.within(organization, caller, () -> {
            RedactedText recipient = redactor.redact(conditions.recipient());
            UUID id = adding.add(token, recipient, terms);
            Json.Obj metadata = shared.with("recipient", recipient.text()).with("expiresAt", terms.expiresAt());
            audit.append(AuditEvent.of(ShareAction.SHARE_CREATE, target(id))
                    .metadata(redactor.redact(metadata.withPresent("mostUses", terms.mostUses()))));
            return new Made(store.find(id).orElseThrow(), token);
        });
    }

    /** The newest first. */
    Page<Listed> list(OrganizationId organization, Caller caller, PageRequest page) {
        UUID before = page.afterId();
        return scope.reading(
                organization,
                caller,
                () -> Page.cut(
                        store.list(before, page.rows()),
                        page.limit(),
                        one -> one.share().id().toString()));
    }

    Optional<Listed> find(OrganizationId organization, Caller caller, UUID id) {
        return scope.reading(organization, caller, () -> store.find(id));
    }

    /** What was done to the link and with it, the newest first: the log's last word on it. */
    List<Recorded> trail(OrganizationId organization, Caller caller, UUID id) {
        return Stream.of(AuditFilter.by(ActorId.share(id)), AuditFilter.about(target(id)))
                .flatMap(filter -> search.list(organization, caller, filter, PageRequest.first()).items().stream())
                .distinct()
                .sorted(Comparator.comparingLong(Recorded::sequence).reversed())
                .limit(PageRequest.DEFAULT)
                .toList();
    }

    /** From here on the link opens nothing. Revoking it twice is revoking it once. */
    Optional<Listed> revoke(OrganizationId organization, Caller caller, UUID id) {
        return scope.within(organization, caller, () -> {
            if (store.revoke(id, caller.memberId(), clock.instant())) {
                audit.append(AuditEvent.of(ShareAction.SHARE_REVOKE, target(id)));
            }
            return store.find(id);
        });
    }

    Instant now() {
        return clock.instant();
    }

    static Target target(UUID share) {
        return new Target("share", share);
    }
}
