package dev.nuxari.server.shares;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Page;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.audit.AuditExports;
import dev.nuxari.server.audit.AuditFilter;
import dev.nuxari.server.audit.AuditSearch;
import dev.nuxari.server.audit.AuditTrail;
import dev.nuxari.server.audit.AuditTrail.Proven;
import dev.nuxari.server.audit.AuditTrail.Recorded;
import dev.nuxari.server.audit.LogKeys;
import dev.nuxari.server.evidence.Evidence;
import dev.nuxari.server.evidence.EvidenceExports;
import dev.nuxari.server.evidence.ExportFormat;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * What links share, for whoever holds one. Nobody asks for a package or a filter here: both are the link's. What a link does
 * not share is absent.
 */
@Service
class SharedThings {
    private final OrganizationScope scope;
    private final ShareStore store;
    private final Evidence evidence;
    private final EvidenceExports exports;
    private final AuditSearch search;
    private final AuditTrail trail;
    private final AuditExports auditExports;
    private final LogKeys keys;

    SharedThings(
            OrganizationScope scope,
            ShareStore store,
            Evidence evidence,
            EvidenceExports exports,
            AuditSearch search,
            AuditTrail trail,
            AuditExports auditExports,
            LogKeys keys) {
        this.scope = scope;
        this.store = store;
        this.evidence = evidence;
        this.exports = exports;
        this.search = search;
        this.trail = trail;
        this.auditExports = auditExports;
        this.keys = keys;
    }

    /** The link, and whose it is. */
    record Introduced(Share share, String organizationName) {}

    Introduced introduce(OrganizationId organization, Caller caller) {
        return scope.reading(organization, caller, () -> new Introduced(share(caller), store.organizationName()));
    }

    Optional<Evidence.Opened> evidence(OrganizationId organization, Caller caller) {
        return evidencePackage(organization, caller).flatMap(id -> evidence.find(organization, caller, id));
    }

    /** The exported file, and of which package it is. */
    @SuppressWarnings("ArrayRecordComponent") // Written out, never compared.
    record Exported(UUID packageId, byte[] file) {}

    Optional<Exported> export(OrganizationId organization, Caller caller, ExportFormat format) {
        return evidencePackage(organization, caller)
                .flatMap(id -> exports.export(organization, caller, id, format).map(file -> new Exported(id, file)));
    }

    Optional<Page<Recorded>> events(OrganizationId organization, Caller caller, PageRequest page) {
        return filter(organization, caller).map(filter -> search.list(organization, caller, filter, page));
    }

    Optional<Proven> event(OrganizationId organization, Caller caller, long sequence) {
        return filter(organization, caller)
                .filter(filter -> search.finds(organization, caller, filter, sequence))
                .flatMap(_ -> trail.prove(organization, caller, sequence));
    }

    Optional<AuditExports.Ready> exportEvents(OrganizationId organization, Caller caller) {
        return filter(organization, caller).map(filter -> auditExports.prepare(organization, caller, filter));
    }

    /** What verifies all of it: to be compared with what one has from elsewhere. */
    KeyManifest keys(OrganizationId organization, Caller caller) {
        return keys.manifest(organization, caller);
    }

    private Optional<UUID> evidencePackage(OrganizationId organization, Caller caller) {
        return switch (shared(organization, caller)) {
            case Shared.Evidence(UUID id) -> Optional.of(id);
            case Shared.Events _ -> Optional.empty();
        };
    }

    private Optional<AuditFilter> filter(OrganizationId organization, Caller caller) {
        return switch (shared(organization, caller)) {
            case Shared.Evidence _ -> Optional.empty();
            case Shared.Events(AuditFilter filter) -> Optional.of(filter);
        };
    }

    private Shared shared(OrganizationId organization, Caller caller) {
        return scope.reading(organization, caller, () -> share(caller).shared());
    }

    private Share share(Caller caller) {
        return store.read(UUID.fromString(caller.id().id())).orElseThrow();
    }
}
