package dev.nuxari.protocol;

import dev.nuxari.kernel.JsonException;
import dev.nuxari.transparency.CompactRange;
import dev.nuxari.transparency.MerkleHash;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** That the file is whole: its members, its records, their hashes and their root. */
final class IntegrityChecks {
    private IntegrityChecks() {}

    static void members(EvidenceFile file, Findings findings) {
        file.root().requireMembers(EvidencePackage.members());
        long version = file.root().integer("v");
        findings.expect(
                version == EvidencePackage.FORMAT, "/v", "this verifier reads version " + EvidencePackage.FORMAT);
        EvidenceHeader.parse(file.root());
        findings.expect(
                file.root().objects("approverAssertions").isEmpty(),
                "/approverAssertions",
                "version 1 has no approver assertions");
        findings.expect(!file.records().isEmpty(), "/records", "a package without a record proves nothing");
    }

    static void recordHashes(EvidenceFile file, Findings findings) {
        for (Located written : file.records()) {
            written.requireMembers("type", "id", "at", "content", "hash");
            written.constant("type", EvidenceRecord.Type.class);
            written.object("content");
            String hash = leaf(written).hex();
            findings.expect(
                    hash.equals(written.string("hash")),
                    written.at("hash"),
                    "the record's content has the hash " + hash);
        }
    }

    static void recordOrder(EvidenceFile file, Findings findings) {
        Set<String> ids = new HashSet<>();
        String previous = "";
        for (Located written : file.records()) {
            written.instant("at");
            // The times have one spelling of fixed length, so that texts compare as times do.
            String place = written.string("at") + written.string("id");
            findings.expect(previous.compareTo(place) < 0, written.pointer(), "the record stands out of order");
            findings.expect(ids.add(written.string("id")), written.at("id"), "another record has this id");
            previous = place;
        }
    }

    static void merkleRoot(EvidenceFile file, Findings findings) {
        List<Located> records = file.records();
        if (records.isEmpty()) {
            throw new JsonException("/records", "a package without a record proves nothing");
        }
        MerkleHash root = records.stream()
                .map(IntegrityChecks::leaf)
                .reduce(CompactRange.empty(), CompactRange::append, (left, right) -> right)
                .root();
        findings.expect(
                root.hex().equals(file.root().string("merkleRoot")),
                "/merkleRoot",
                "the root of the records is " + root);
    }

    private static MerkleHash leaf(Located written) {
        return MerkleHash.leaf(written.value().without("hash").canonicalBytes());
    }
}
