package dev.nuxari.protocol;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.transparency.MerkleHash;
import java.time.Instant;

/** One thing that happened in a workflow; a leaf of its package's Merkle tree. */
public record EvidenceRecord(Type type, String id, Instant at, Json.Obj content) {
    /** What a record tells. The contents are described in {@code docs/formats/evidence-package.md}. */
    public enum Type {
        /** Who asked for what, its risk, and the policy that follows from it. */
        ACCESS_EVALUATION,
        /** The exact plan, the question, and each decision. */
        APPROVAL,
        /** What the governed system held before a step. */
        PRE_CHANGE_SNAPSHOT,
        /** One attempt of a step. */
        EXECUTION_LOG,
        /** What was observed after a step. */
        VALIDATION_RESULT
    }

    /** SHA-256(0x00 || canonical record without its hash): the leaf hash of RFC 9162, section 2.1.1. */
    public MerkleHash hash() {
        return MerkleHash.leaf(unhashed().canonicalBytes());
    }

    /** The record as it stands in the package. */
    public Json.Obj json() {
        return unhashed().with("hash", hash().hex());
    }

    private Json.Obj unhashed() {
        return Json.object("type", Spelling.of(type), "id", id, "at", at, "content", content);
    }
}
