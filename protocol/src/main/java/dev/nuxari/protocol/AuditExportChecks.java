package dev.nuxari.protocol;

import dev.nuxari.kernel.Brief;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.InclusionProof;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.StrictBase64;
import java.util.ArrayList;
import java.util.List;

/** What is asked of an audit export. */
final class AuditExportChecks {
    /** A tree of 2^62 leaves is higher than any log gets. */
    private static final int LONGEST_PROOF = 62;

    private AuditExportChecks() {}

    static void members(AuditExportFile file, Findings findings) {
        Located first = file.first();
        first.requireMembers("kind", "v", "organizationId", "filter", "checkpoint", "keys");
        findings.expect(first.string("kind").equals(AuditExport.KIND), first.at("kind"), "this is no audit export");
        findings.expect(
                first.integer("v") == AuditExport.FORMAT,
                first.at("v"),
                "this verifier reads version " + AuditExport.FORMAT);
        first.uuid("organizationId");
        first.object("filter");
    }

    static void keys(AuditExportFile file, Findings findings) {
        file.head().askKeys(findings);
    }

    static void checkpoint(AuditExportFile file, Findings findings) {
        file.head().askCheckpoint(findings);
    }

    static void end(AuditExportFile file, Findings findings) {
        Located last = file.last();
        last.requireMembers("events", "digest", AuditExport.SIGNATURE);
        findings.expect(
                last.integer("events") == file.events(),
                last.at("events"),
                "there are %d events".formatted(file.events()));
        String digest = file.digest();
        findings.expect(
                last.string("digest").equals(digest), last.at("digest"), "the digest of the lines before is " + digest);
        byte[] signature = last.read(AuditExport.SIGNATURE, StrictBase64::decode);
        findings.expect(
                file.head().keys().key(KeyName.LOG).key().verifies(signature, AuditExport.signedBytes(last.value())),
                last.at(AuditExport.SIGNATURE),
                "the log key has not signed this file");
    }

    static void events(AuditExportFile file, Findings findings) {
        Checkpoint checkpoint = file.head().checkpoint();
        String organization = file.head().organization();
        long before = checkpoint.size();
        for (int i = 0; i < file.events(); i++) {
            Located line = file.event(i);
            line.requireMembers("index", "event", "inclusionProof");
            long index = line.integer("index");
            findings.expect(
                    index >= 0 && index < before,
                    line.at("index"),
                    "the newest event stands first, each once, none beyond the checkpoint");
            before = index;
            Located event = line.object("event");
            findings.expect(
                    event.integer("sequence") == index,
                    event.at("sequence"),
                    "the sequence of an event is its index in the log");
            findings.expect(
                    event.string("organizationId").equals(organization),
                    event.at("organizationId"),
                    "the event is of another organization");
            included(line, checkpoint, findings);
        }
    }

    private static void included(Located line, Checkpoint checkpoint, Findings findings) {
        List<String> hashes = line.strings("inclusionProof");
        long index = line.integer("index");
        if (index < 0 || index >= checkpoint.size() || hashes.size() > LONGEST_PROOF) {
            findings.expect(false, line.at("inclusionProof"), "there is no such proof in a log of this size");
            return;
        }
        List<MerkleHash> path = new ArrayList<>();
        for (String hash : hashes) {
            path.add(hash(line, hash));
        }
        MerkleHash leaf = MerkleHash.leaf(line.object("event").value().canonicalBytes());
        findings.expect(
                new InclusionProof(index, checkpoint.size(), path).verify(leaf, checkpoint.root()),
                line.at("inclusionProof"));
    }

    private static MerkleHash hash(Located line, String hex) {
        try {
            return MerkleHash.parse(hex);
        } catch (IllegalArgumentException _) {
            throw line.refuse("inclusionProof", "not a hash: " + Brief.of(hex));
        }
    }
}
