package dev.nuxari.server.evidence;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.protocol.EvidenceVerifier;
import dev.nuxari.protocol.HashedRekord;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.protocol.SigstoreBundle;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.audit.AuditTrail;
import dev.nuxari.server.audit.LogKeys;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Hands packages out in the formats that others read. */
@Service
public class EvidenceExports {
    private final Evidence evidence;
    private final EvidenceStore store;
    private final OrganizationScope scope;
    private final AuditLog audit;
    private final AuditTrail trail;
    private final LogKeys keys;

    EvidenceExports(
            Evidence evidence,
            EvidenceStore store,
            OrganizationScope scope,
            AuditLog audit,
            AuditTrail trail,
            LogKeys keys) {
        this.evidence = evidence;
        this.store = store;
        this.scope = scope;
        this.audit = audit;
        this.trail = trail;
        this.keys = keys;
    }

    /** Every format is made from the exported file, so that this is on record for all of them. */
    public Optional<byte[]> export(OrganizationId organization, Caller caller, UUID id, ExportFormat format) {
        Optional<byte[]> file = evidence.export(organization, caller, id);
        return file.map(bytes -> switch (format) {
            case JSON -> bytes;
            case SIGSTORE -> bundle(organization, caller, id, bytes);
            case SIGSTORE_TRUSTED_ROOT ->
                SigstoreBundle.trustedRoot(keys.manifest(organization, caller), trail.origin(organization));
            case SIGSTORE_PUBLIC_KEY -> SigstoreBundle.publicKey(keys.manifest(organization, caller));
            case OSCAL ->
                OscalResults.of(
                        bytes, EvidenceVerifier.verify(bytes, Optional.of(keys.manifest(organization, caller))));
            // By the package alone, so that the document is the same whenever it is made.
            case PDF -> EvidencePdf.of(bytes, EvidenceVerifier.verify(bytes, Optional.empty()));
        });
    }

    /**
     * Makes and writes whatever handing the package out takes, so that it can be handed out to somebody who may only read.
     *
     * @return whether there is such a package
     */
    public boolean prepare(OrganizationId organization, Caller caller, UUID id) {
        Optional<byte[]> file = evidence.file(organization, caller, id);
        file.ifPresent(bytes -> attest(organization, caller, id, bytes));
        return file.isPresent();
    }

    /** Signs at the first call. */
    private void attest(OrganizationId organization, Caller caller, UUID id, byte[] file) {
        // A scope of its own: an event has its place only once its transaction has written.
        scope.run(organization, caller, () -> {
            keys.prepare(organization, caller);
            if (store.attestation(id).isEmpty()) {
                HashedRekord rekord = HashedRekord.sign(file, keys.export(organization, caller));
                AuditEvent event = AuditEvent.of(EvidenceAction.EVIDENCE_ATTEST, new Target("evidence-package", id));
                audit.append(event, rekord, index -> store.attest(id, index));
            }
        });
    }

    /** The same signature and place in the log whenever it is asked for. */
    private byte[] bundle(OrganizationId organization, Caller caller, UUID id, byte[] file) {
        attest(organization, caller, id, file);
        return scope.within(organization, caller, () -> {
            long index = store.attestation(id).orElseThrow();
            AuditTrail.Proven proven = trail.prove(organization, caller, index).orElseThrow();
            // Afterwards, so that it has the key that signed the checkpoint.
            KeyManifest manifest = keys.manifest(organization, caller);
            return SigstoreBundle.of(manifest, proven.recorded().event(), proven.proof(), proven.checkpoint());
        });
    }
}
