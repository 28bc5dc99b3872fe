package dev.nuxari.protocol;

import dev.nuxari.kernel.JsonException;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.InclusionProof;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.Verification;
import java.util.ArrayList;
import java.util.List;

/** That the organization's transparency log holds the event that sealed the package. */
final class LogChecks {
    private static final String CHECKPOINT = "/log/checkpoint";

    private LogChecks() {}

    static void sealingEvent(EvidenceFile file, Findings findings) {
        file.log().requireMembers("index", "event", "checkpoint", "inclusionProof");
        Located event = file.log().object("event");
        expect(event, "action", EvidencePackage.SEALING_ACTION, findings);
        expect(event, "outcome", "succeeded", findings);
        expect(event, "organizationId", file.root().string("organizationId"), findings);
        findings.expect(
                event.integer("sequence") == file.log().integer("index"),
                event.at("sequence"),
                "the sequence of an event is its index in the log");
        Located metadata = event.object("metadata");
        for (String name : List.of("packageId", "merkleRoot", "planHash")) {
            expect(metadata, name, file.root().string(name), findings);
        }
    }

    private static void expect(Located object, String name, String expected, Findings findings) {
        findings.expect(object.string(name).equals(expected), object.at(name), "expected " + expected);
    }

    static void checkpoint(EvidenceFile file, Findings findings) {
        SignedNote note = note(file);
        Checkpoint checkpoint = checkpoint(file);
        String organization = file.root().string("organizationId");
        findings.expect(
                LogIdentity.isLogOf(organization, checkpoint.origin()),
                CHECKPOINT,
                "the origin %s is not the log of this organization".formatted(checkpoint.origin()));
        // A signature that nobody here can verify could be changed unnoticed.
        findings.expect(note.signatures().size() == 1, CHECKPOINT, "version 1 has one signature, the log's own");
        findings.expect(vouchedFor(file, file.keys()), CHECKPOINT);
    }

    /** Whether one of these log keys has signed the checkpoint, and might. */
    static Verification vouchedFor(EvidenceFile file, KeyManifest keys) {
        try {
            return LogIdentity.verify(keys, note(file));
        } catch (JsonException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new JsonException(CHECKPOINT, String.valueOf(e.getMessage()));
        }
    }

    static void inclusionProof(EvidenceFile file, Findings findings) {
        Checkpoint checkpoint = checkpoint(file);
        MerkleHash leaf = MerkleHash.leaf(file.log().object("event").value().canonicalBytes());
        List<MerkleHash> path = new ArrayList<>();
        for (String hash : file.log().strings("inclusionProof")) {
            path.add(hash(hash));
        }
        long index = file.log().integer("index");
        boolean within = index >= 0 && index < checkpoint.size();
        findings.expect(within, "/log/index", "the checkpoint is of a log of %d entries".formatted(checkpoint.size()));
        if (within) {
            InclusionProof proof = new InclusionProof(index, checkpoint.size(), path);
            findings.expect(proof.verify(leaf, checkpoint.root()), "/log/inclusionProof");
        }
    }

    private static MerkleHash hash(String hex) {
        try {
            return MerkleHash.parse(hex);
        } catch (IllegalArgumentException e) {
            throw new JsonException("/log/inclusionProof", "not a hash: " + hex);
        }
    }

    private static Checkpoint checkpoint(EvidenceFile file) {
        try {
            return Checkpoint.parse(note(file).text());
        } catch (IllegalArgumentException e) {
            throw new JsonException(CHECKPOINT, String.valueOf(e.getMessage()));
        }
    }

    private static SignedNote note(EvidenceFile file) {
        return file.log().read("checkpoint", SignedNote::parse);
    }
}
