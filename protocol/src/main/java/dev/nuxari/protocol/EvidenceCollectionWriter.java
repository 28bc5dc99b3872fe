package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.RangeProof;
import dev.nuxari.transparency.SignedNote;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Writes an evidence collection line by line, so that it need not fit into memory. The entries come in the log's order, all that
 * the proof is for: with one of them missing the file does not verify.
 */
public final class EvidenceCollectionWriter {
    private final OutputStream out;

    /**
     * Writes the first line.
     *
     * @param proof that the entries which follow are all the log has there: the one before the period if there is one, those of
     *     the period, and the one after it
     */
    public EvidenceCollectionWriter(
            OutputStream out, KeyManifest keys, SignedNote checkpoint, EvidenceSelector selector, RangeProof proof)
            throws IOException {
        this.out = out;
        line(Json.object(
                "kind",
                EvidenceCollection.KIND,
                "v",
                EvidenceCollection.FORMAT,
                "organizationId",
                keys.organization(),
                "selector",
                selector.json(),
                "checkpoint",
                checkpoint.encoded(),
                "keys",
                keys.json(),
                "range",
                Json.object(
                        "begin", proof.begin(),
                        "end", proof.end(),
                        "left", hexadecimal(proof.left()),
                        "right", hexadecimal(proof.right()))));
    }

    private static List<String> hexadecimal(List<MerkleHash> hashes) {
        return hashes.stream().map(MerkleHash::hex).toList();
    }

    /** An entry that seals no package, or is not of the period. */
    public void entry(Json.Obj event) throws IOException {
        line(lineOf(event));
    }

    /** An entry that seals a package which is to be collected. */
    public void sealing(Json.Obj event, byte[] evidencePackage) throws IOException {
        line(lineOf(event).with("package", Json.parse(new String(evidencePackage, UTF_8))));
    }

    /** An entry that seals a package which is not to be collected: its plan says whom it is about. */
    public void sealingOther(Json.Obj event, Json.Obj plan) throws IOException {
        line(lineOf(event).with("plan", plan));
    }

    private static Json.Obj lineOf(Json.Obj event) {
        return Json.object("index", event.integer("sequence"), "event", event);
    }

    private void line(Json.Obj line) throws IOException {
        byte[] bytes = line.canonicalBytes();
        if (bytes.length > EvidenceCollection.LONGEST_LINE) {
            throw new IOException("a line has %d bytes, more than any of this format".formatted(bytes.length));
        }
        out.write(bytes);
        out.write(EvidenceCollection.LINE_END);
    }
}
