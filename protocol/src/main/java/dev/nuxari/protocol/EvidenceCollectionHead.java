package dev.nuxari.protocol;

import dev.nuxari.kernel.JsonException;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.RangeProof;
import java.util.List;

/** The first line of an evidence collection while it is verified. */
final class EvidenceCollectionHead {
    /** A tree of 2^62 leaves is higher than any log gets. */
    private static final int MOST_SUBTREES = 2 * 62;

    private final ExportHead export;

    EvidenceCollectionHead(Located first) {
        this.export = new ExportHead(first);
    }

    ExportHead export() {
        return export;
    }

    EvidenceSelector selector() {
        return EvidenceSelector.parse(export.first().object("selector"));
    }

    /** That the entries in the file are all of the log from one index to another. */
    RangeProof proof() {
        Located range = range();
        long size = export.checkpoint().size();
        long begin = range.integer("begin");
        long end = range.integer("end");
        if (begin < 0 || end <= begin || size < end) {
            throw range.refuse("end", "there are no such entries in a log of %d".formatted(size));
        }
        List<MerkleHash> left = hashes(range, "left");
        if (Long.bitCount(begin) != left.size()) {
            throw range.refuse("left", "the subtrees are not as many as the tree has before entry " + begin);
        }
        return new RangeProof(begin, end, size, left, hashes(range, "right"));
    }

    private static List<MerkleHash> hashes(Located range, String name) {
        List<String> hashes = range.strings(name);
        if (hashes.size() > MOST_SUBTREES) {
            throw range.refuse(name, "no tree has so many subtrees");
        }
        return hashes.stream().map(hash -> hash(range, name, hash)).toList();
    }

    private static MerkleHash hash(Located range, String name, String hex) {
        try {
            return MerkleHash.parse(hex);
        } catch (IllegalArgumentException _) {
            throw range.refuse(name, "not a hash: " + hex.substring(0, Math.min(hex.length(), 80)));
        }
    }

    void askMembers(Findings findings) {
        Located first = export.first();
        first.requireMembers("kind", "v", "organizationId", "selector", "checkpoint", "keys", "range");
        findings.expect(
                first.string("kind").equals(EvidenceCollection.KIND),
                first.at("kind"),
                "this is no evidence collection");
        findings.expect(
                first.integer("v") == EvidenceCollection.FORMAT,
                first.at("v"),
                "this verifier reads version " + EvidenceCollection.FORMAT);
        first.uuid("organizationId");
        selector();
        range().requireMembers("begin", "end", "left", "right");
    }

    /** Only what the checkpoint says makes sense of the rest. */
    void askRange(Findings findings) {
        try {
            proof();
        } catch (JsonException e) {
            findings.expect(false, e.place(), e.reason());
        }
    }

    private Located range() {
        return export.first().object("range");
    }
}
