package dev.nuxari.protocol;

import dev.nuxari.kernel.Json;
import dev.nuxari.transparency.InclusionProof;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.StrictBase64;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Writes an audit export line by line, so that it need not fit into memory. Without {@link #finish} it does not verify. */
public final class AuditExportWriter {
    private final OutputStream out;
    private final MessageDigest digest = sha256();
    private long events;

    /**
     * Writes the first line.
     *
     * @param filter what was looked for, by the names of the API; empty for everything
     */
    public AuditExportWriter(OutputStream out, KeyManifest keys, SignedNote checkpoint, Json.Obj filter)
            throws IOException {
        this.out = out;
        line(Json.object(
                "kind",
                AuditExport.KIND,
                "v",
                AuditExport.FORMAT,
                "organizationId",
                keys.organization(),
                "filter",
                filter,
                "checkpoint",
                checkpoint.encoded(),
                "keys",
                keys.json()));
    }

    /**
     * Writes one event.
     *
     * @param proof of its place in the tree that the checkpoint signs
     */
    public void event(Json.Obj event, InclusionProof proof) throws IOException {
        line(Json.object(
                "index",
                proof.leafIndex(),
                "event",
                event,
                "inclusionProof",
                proof.path().stream().map(MerkleHash::hex).toList()));
        events++;
    }

    /** Writes the last line, signed by the log key of the manifest. */
    public void finish(SigningKey log) throws IOException {
        Json.Obj last = Json.object("events", events, "digest", HexFormat.of().formatHex(digest.digest()));
        byte[] signature = log.sign(AuditExport.signedBytes(last));
        line(last.with(AuditExport.SIGNATURE, StrictBase64.encode(signature)));
        out.flush();
    }

    private void line(Json.Obj line) throws IOException {
        byte[] bytes = line.canonicalBytes();
        for (byte[] part : new byte[][] {bytes, {AuditExport.LINE_END}}) {
            digest.update(part);
            out.write(part);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform implements SHA-256", e);
        }
    }
}
