package dev.nuxari.protocol;

import dev.nuxari.kernel.JsonException;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.Verification;
import org.jspecify.annotations.Nullable;

/** The first line of an exported file: which organization's log it is from, with which keys, under which checkpoint. */
final class ExportHead {
    private final Located first;
    private @Nullable KeyManifest keys;

    ExportHead(Located first) {
        this.first = first;
    }

    Located first() {
        return first;
    }

    String organization() {
        return first.string("organizationId");
    }

    KeyManifest keys() {
        if (keys == null) {
            keys = KeyManifest.parse(first.object("keys"));
        }
        return keys;
    }

    Checkpoint checkpoint() {
        try {
            return Checkpoint.parse(note().text());
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
    }

    void askKeys(Findings findings) {
        findings.expect(
                keys().organization().toString().equals(organization()),
                first.at("keys/organizationId"),
                "the keys belong to another organization");
        findings.expect(keys().verify(), first.at("keys"));
    }

    void askCheckpoint(Findings findings) {
        String where = first.at("checkpoint");
        SignedNote note = note();
        Checkpoint checkpoint = checkpoint();
        findings.expect(
                LogIdentity.isLogOf(organization(), checkpoint.origin()),
                where,
                "the origin %s is not the log of this organization".formatted(checkpoint.origin()));
        // A signature that nobody here can verify could be changed unnoticed.
        findings.expect(note.signatures().size() == 1, where, "version 1 has one signature, the log's own");
        findings.expect(vouchedFor(keys()), where);
    }

    void askTrustedRoot(KeyManifest root, Findings findings) {
        findings.expect(root.verify(), "");
        findings.expect(
                keys().organization().equals(root.organization()),
                first.at("keys/organizationId"),
                "the trusted root is of organization " + root.organization());
        PublishedKey log = keys().key(KeyName.LOG);
        findings.expect(
                root.key(KeyName.LOG).isSameKeyAs(log) || root.findRetired(log).isPresent(),
                first.at("keys/keys"),
                SigningChecks.missing(root, keys(), log));
        // Also what bounds a retired key: the file has no time in it, but the checkpoint has a size.
        findings.expect(vouchedFor(root), first.at("checkpoint"));
    }

    private Verification vouchedFor(KeyManifest manifest) {
        try {
            return LogIdentity.verify(manifest, note());
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
    }

    private JsonException refused(IllegalArgumentException e) {
        return e instanceof JsonException located
                ? located
                : first.refuse("checkpoint", String.valueOf(e.getMessage()));
    }

    private SignedNote note() {
        return first.read("checkpoint", SignedNote::parse);
    }
}
