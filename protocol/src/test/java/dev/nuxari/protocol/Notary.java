package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.CompactRange;
import dev.nuxari.transparency.Ed25519PrivateKey;
import dev.nuxari.transparency.InclusionProof;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.NodeSource;
import dev.nuxari.transparency.NoteSigner;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The real keys and the real log of an organization. It signs whatever a test hands it, forgeries too. */
final class Notary {
    static final int INDEX = 5;
    static final int LOG_SIZE = 11;

    private final OrganizationId organization;
    private final Ed25519PrivateKey logPrivate;
    private final SigningKey log;
    private final SigningKey archive;
    private final SigningKey export;
    private final KeyManifest manifest;

    Notary(OrganizationId organization) {
        this.organization = organization;
        this.logPrivate = Ed25519PrivateKey.generate(new SecureRandom());
        this.log = log(organization, logPrivate, RecordedWorkflow.START);
        SigningKey action = SigningKey.generate(organization, KeyName.ACTION, RecordedWorkflow.START);
        this.archive = SigningKey.generate(organization, KeyName.ARCHIVE, RecordedWorkflow.START);
        this.export = SigningKey.generate(organization, KeyName.EXPORT, RecordedWorkflow.START);
        this.manifest = KeyManifest.issue(
                organization,
                1,
                RecordedWorkflow.START,
                List.of(log.published(), action.published(), archive.published(), export.published()),
                log);
    }

    private Notary(Notary before, Instant at, long treeSize) {
        this.organization = before.organization;
        this.logPrivate = Ed25519PrivateKey.generate(new SecureRandom());
        this.log = log(organization, logPrivate, at);
        this.archive = before.archive;
        this.export = before.export;
        this.manifest = before.manifest.handOver(at, treeSize, before.log, log);
    }

    private static SigningKey log(OrganizationId organization, Ed25519PrivateKey key, Instant notBefore) {
        return new SigningKey(
                PublishedKey.of(organization, KeyName.LOG, new VerificationKey.Ed25519(key.publicKey()), notBefore),
                key::sign);
    }

    /** The same organization with another log key. */
    Notary rotated(Instant at, long treeSize) {
        return new Notary(this, at, treeSize);
    }

    KeyManifest manifest() {
        return manifest;
    }

    SigningKey log() {
        return log;
    }

    SigningKey archive() {
        return archive;
    }

    SigningKey export() {
        return export;
    }

    String origin() {
        return "nuxari.example/log/" + organization;
    }

    EvidenceDraft draft(RecordedWorkflow workflow) {
        return new EvidenceDraft(workflow.header(), workflow.records(), manifest);
    }

    byte[] packaged(RecordedWorkflow workflow) {
        return packaged(workflow, event -> event, origin());
    }

    byte[] packaged(RecordedWorkflow workflow, UnaryOperator<Obj> sealingEvent, String origin) {
        EvidenceDraft draft = draft(workflow);
        Obj event = sealingEvent.apply(event(draft));
        return logged(draft.sign(log, archive), event, INDEX, origin);
    }

    /** Puts a sealed package into the log with its event at an index, and takes the proof for another perhaps. */
    byte[] logged(SealedEvidence sealed, Obj event, int provenIndex, String origin) {
        Map<String, MerkleHash> nodes = new HashMap<>();
        CompactRange range = CompactRange.empty();
        for (int i = 0; i < LOG_SIZE; i++) {
            byte[] entry = i == INDEX ? event.canonicalBytes() : ("{\"sequence\":" + i + "}").getBytes(UTF_8);
            range = range.append(
                    MerkleHash.leaf(entry), node -> nodes.put(node.level() + "/" + node.index(), node.hash()));
        }
        NodeSource source = (level, index) -> nodes.getOrDefault(level + "/" + index, MerkleHash.EMPTY);
        Checkpoint checkpoint = new Checkpoint(origin, LOG_SIZE, range.root());
        return sealed.withLog(
                event,
                InclusionProof.of(provenIndex, LOG_SIZE, source),
                checkpoint.sign(new NoteSigner(origin, logPrivate)));
    }

    Obj event(EvidenceDraft draft) {
        return Json.object(
                "v", 1,
                "organizationId", organization,
                "sequence", INDEX,
                "id", RecordedWorkflow.uuid(70),
                "at", draft.header().sealedAt(),
                "actor", Json.object("type", "system", "id", "workflow"),
                "action", "evidence.seal",
                "outcome", "succeeded",
                "target",
                        Json.object(
                                "type", "evidence-package", "id", draft.header().packageId()),
                "approvalRef", RecordedWorkflow.APPROVAL,
                "planHash", draft.header().planHash(),
                "requestId", RecordedWorkflow.uuid(60),
                "metadata", EvidencePackage.sealingMetadata(draft));
    }
}
