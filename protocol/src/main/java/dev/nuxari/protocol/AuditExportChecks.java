package dev.nuxari.protocol;

import dev.nuxari.kernel.Brief;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.InclusionProof;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.StrictBase64;
import dev.nuxari.transparency.Verification;
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
        Located first = file.first();
        KeyManifest keys = file.keys();
        findings.expect(
                keys.organization().toString().equals(first.string("organizationId")),
                first.at("keys/organizationId"),
                "the keys belong to another organization");
        findings.expect(keys.verify(), first.at("keys"));
    }

    static void checkpoint(AuditExportFile file, Findings findings) {
        Located first = file.first();
        String where = first.at("checkpoint");
        SignedNote note = note(file);
        Checkpoint checkpoint = checkpoint(file);
        findings.expect(
                LogIdentity.isLogOf(first.string("organizationId"), checkpoint.origin()),
                where,
                "the origin %s is not the log of this organization".formatted(checkpoint.origin()));
        // A signature that nobody here can verify could be changed unnoticed.
        findings.expect(note.signatures().size() == 1, where, "version 1 has one signature, the log's own");
        findings.expect(vouchedFor(file, file.keys()), where);
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
                file.keys().key(KeyName.LOG).key().verifies(signature, AuditExport.signedBytes(last.value())),
                last.at(AuditExport.SIGNATURE),
                "the log key has not signed this file");
    }

    static void events(AuditExportFile file, Findings findings) {
        Checkpoint checkpoint = checkpoint(file);
        String organization = file.first().string("organizationId");
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

    static void trustedRoot(AuditExportFile file, KeyManifest root, Findings findings) {
        Located first = file.first();
        KeyManifest keys = file.keys();
        findings.expect(root.verify(), "");
        findings.expect(
                keys.organization().equals(root.organization()),
                first.at("keys/organizationId"),
                "the trusted root is of organization " + root.organization());
        PublishedKey log = keys.key(KeyName.LOG);
        findings.expect(
                root.key(KeyName.LOG).isSameKeyAs(log) || root.findRetired(log).isPresent(),
                first.at("keys/keys"),
                SigningChecks.missing(root, keys, log));
        // Also what bounds a retired key: the file has no time in it, but the checkpoint has a size.
        findings.expect(vouchedFor(file, root), first.at("checkpoint"));
    }

    static Checkpoint checkpoint(AuditExportFile file) {
        try {
            return Checkpoint.parse(note(file).text());
        } catch (IllegalArgumentException e) {
            throw refused(file, e);
        }
    }

    private static Verification vouchedFor(AuditExportFile file, KeyManifest keys) {
        try {
            return LogIdentity.verify(keys, note(file));
        } catch (IllegalArgumentException e) {
            throw refused(file, e);
        }
    }

    private static JsonException refused(AuditExportFile file, IllegalArgumentException e) {
        return e instanceof JsonException located
                ? located
                : file.first().refuse("checkpoint", String.valueOf(e.getMessage()));
    }

    private static MerkleHash hash(Located line, String hex) {
        try {
            return MerkleHash.parse(hex);
        } catch (IllegalArgumentException _) {
            throw line.refuse("inclusionProof", "not a hash: " + Brief.of(hex));
        }
    }

    private static SignedNote note(AuditExportFile file) {
        return file.first().read("checkpoint", SignedNote::parse);
    }
}
