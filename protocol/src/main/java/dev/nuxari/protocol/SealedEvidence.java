package dev.nuxari.protocol;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.transparency.InclusionProof;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.SignedNote;

/** The second of three steps to a package: signed, and not yet shown to stand in the log. */
public final class SealedEvidence {
    private final Json.Obj json;

    SealedEvidence(Json.Obj json) {
        this.json = json;
    }

    /**
     * Reads what {@link #json} wrote; verifies nothing.
     *
     * @throws JsonException if this is no sealed package
     */
    public static SealedEvidence parse(Json.Obj json) {
        Located file = Located.root(json);
        file.requireMembers(EvidencePackage.sealedMembers());
        EvidenceHeader.parse(file);
        return new SealedEvidence(json);
    }

    /** The file without its place in the log, to be kept until the log has published it. */
    public Json.Obj json() {
        return json;
    }

    public EvidenceHeader header() {
        return EvidenceHeader.parse(Located.root(json));
    }

    /**
     * The file, complete.
     *
     * @param event the canonical audit event that sealed the package; its index in the log is the proof's
     * @param checkpoint a checkpoint of the size that the proof is for
     */
    public byte[] withLog(Json.Obj event, InclusionProof proof, SignedNote checkpoint) {
        return json.with(
                        EvidencePackage.LOG,
                        Json.object(
                                "index", proof.leafIndex(),
                                "event", event,
                                "checkpoint", checkpoint.encoded(),
                                "inclusionProof",
                                        proof.path().stream()
                                                .map(MerkleHash::hex)
                                                .toList()))
                .canonicalBytes();
    }
}
