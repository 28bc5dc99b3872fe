package dev.nuxari.server.evidence;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Page;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.protocol.EvidenceDraft;
import dev.nuxari.protocol.EvidenceHeader;
import dev.nuxari.protocol.EvidencePackage;
import dev.nuxari.protocol.EvidenceRecord;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.protocol.KeyName;
import dev.nuxari.protocol.SealedEvidence;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.audit.AuditTrail;
import dev.nuxari.server.audit.LogKeys;
import dev.nuxari.server.redaction.Redacted;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Collects what proves a workflow, seals it when the workflow ends, and hands it out. */
@Service
public class Evidence {
    private final OrganizationScope scope;
    private final EvidenceStore store;
    private final AuditLog audit;
    private final AuditTrail trail;
    private final LogKeys keys;
    private final Redactor redactor;
    private final InstantSource clock;

    Evidence(
            OrganizationScope scope,
            EvidenceStore store,
            AuditLog audit,
            AuditTrail trail,
            LogKeys keys,
            Redactor redactor,
            InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.audit = audit;
        this.trail = trail;
        this.keys = keys;
        this.redactor = redactor;
        this.clock = clock;
    }

    /**
     * What is sealed, and how it ended.
     *
     * @param account the account it was about, {@code <connector>/<name there>}
     */
    public record Sealing(
            UUID workflow,
            EvidenceHeader.Outcome outcome,
            String account,
            UUID approvalRef,
            PlanHash planHash,
            UUID request) {}

    /** A sealed package as lists show it. */
    public record Sealed(
            UUID id,
            UUID workflow,
            EvidenceHeader.Outcome outcome,
            Instant sealedAt,
            String merkleRoot,
            PlanHash planHash,
            long logIndex,
            int records) {}

    /** Makes sure that the organization can seal, before anything that the sealing transaction would lock is locked. */
    public void prepare(OrganizationId organization, Caller caller) {
        keys.prepare(organization, caller);
    }

    /** Adds a record to what will be sealed. Joins the open scope. */
    public void add(
            OrganizationId organization, Caller caller, UUID workflow, EvidenceRecord.Type type, Redacted content) {
        scope.run(organization, caller, () -> {
            Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            store.add(workflow, type, at, content);
        });
    }

    /** Adds a record of a type that a workflow has one of, unless it has it. Joins the open scope. */
    public void addOnce(
            OrganizationId organization, Caller caller, UUID workflow, EvidenceRecord.Type type, Redacted content) {
        scope.run(organization, caller, () -> {
            if (!store.has(workflow, type)) {
                add(organization, caller, workflow, type, content);
            }
        });
    }

    /**
     * Closes the workflow's evidence: root, signatures, and the audit event that names them, in the open scope.
     *
     * @return the package's id
     */
    public UUID seal(OrganizationId organization, Caller caller, Sealing sealing) {
        return scope.within(organization, caller, () -> {
            LogKeys.Held held = keys.hold(organization, caller);
            EvidenceDraft draft = draft(held.manifest(), sealing);
            UUID id = draft.header().packageId();
            SealedEvidence sealed = draft.sign(held.log(), keys.archive(organization, caller));
            AuditEvent event = AuditEvent.of(EvidenceAction.EVIDENCE_SEAL, new Target("evidence-package", id))
                    .under(sealing.approvalRef(), sealing.planHash())
                    .requestId(sealing.request())
                    .metadata(redactor.redact(EvidencePackage.sealingMetadata(draft)));
            audit.append(event, index -> store.addPackage(listed(draft, sealing, index), sealed));
            return id;
        });
    }

    private static Sealed listed(EvidenceDraft draft, Sealing sealing, long logIndex) {
        return new Sealed(
                draft.header().packageId(),
                sealing.workflow(),
                sealing.outcome(),
                draft.header().sealedAt(),
                draft.merkleRoot().hex(),
                sealing.planHash(),
                logIndex,
                draft.records().size());
    }

    private EvidenceDraft draft(KeyManifest manifest, Sealing sealing) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant keyed = manifest.key(KeyName.LOG).notBefore();
        // Another server, whose clock is ahead, may just have made the key.
        Instant at = now.isBefore(keyed) ? keyed : now;
        var header = new EvidenceHeader(
                UuidV7.at(at),
                manifest.organization(),
                sealing.workflow(),
                sealing.outcome(),
                new EvidenceHeader.Scope("account", sealing.account()),
                sealing.planHash(),
                at);
        return new EvidenceDraft(header, store.recordsOf(sealing.workflow()), manifest);
    }

    /** The newest first. */
    public Page<Sealed> list(OrganizationId organization, Caller caller, PageRequest page) {
        UUID before = page.afterId();
        return scope.reading(
                organization,
                caller,
                () -> Page.cut(
                        store.list(before, page.rows()),
                        page.limit(),
                        one -> one.id().toString()));
    }

    /** A package with the sealed document it stands for. */
    public record Opened(Sealed sealed, SealedEvidence document) {}

    public Optional<Opened> find(OrganizationId organization, Caller caller, UUID id) {
        return scope.reading(
                organization,
                caller,
                () -> store.find(id).flatMap(found -> store.document(id).map(document -> new Opened(found, document))));
    }

    /**
     * The file that verifies offline: the sealed document with its place in the log. The same bytes whenever it is asked for.
     * That somebody took it is on record.
     */
    public Optional<byte[]> export(OrganizationId organization, Caller caller, UUID id) {
        return scope.within(organization, caller, () -> {
            Optional<byte[]> file = file(organization, caller, id);
            if (file.isPresent()) {
                audit.append(AuditEvent.of(EvidenceAction.EVIDENCE_EXPORT, new Target("evidence-package", id)));
            }
            return file;
        });
    }

    /** The same file, for what does not hand it out. */
    Optional<byte[]> file(OrganizationId organization, Caller caller, UUID id) {
        return scope.within(
                organization,
                caller,
                () -> find(organization, caller, id).map(opened -> file(organization, caller, opened)));
    }

    byte[] file(OrganizationId organization, Caller caller, Opened opened) {
        AuditTrail.Proven proven =
                trail.prove(organization, caller, opened.sealed().logIndex()).orElseThrow();
        return opened.document().withLog(proven.recorded().event(), proven.proof(), proven.checkpoint());
    }

    /** The package that an entry of the log seals. */
    Optional<Opened> sealedBy(OrganizationId organization, Caller caller, long logIndex) {
        return scope.reading(
                organization, caller, () -> store.sealedBy(logIndex).flatMap(id -> find(organization, caller, id)));
    }
}
