package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.CompactRange;
import dev.nuxari.transparency.InclusionProof;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.NodeSource;
import dev.nuxari.transparency.NoteSignature;
import dev.nuxari.transparency.RangeProof;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.VerifierKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A log of some events and exports of it, signed by whoever holds the keys; forgeries too. */
final class ExportedLog {
    final Notary notary;
    private final List<Obj> events = new ArrayList<>();
    private final Map<String, MerkleHash> nodes = new HashMap<>();
    private CompactRange range = CompactRange.empty();

    ExportedLog(Notary notary, int size) {
        this.notary = notary;
        for (int i = 0; i < size; i++) {
            add(Json.object(
                    "v",
                    1,
                    "organizationId",
                    notary.manifest().organization(),
                    "sequence",
                    i,
                    "action",
                    i % 2 == 0 ? "approval.decide" : "request.submit",
                    "metadata",
                    Json.object("text", "Größe ✓ " + i)));
        }
    }

    ExportedLog(Notary notary, List<Obj> events) {
        this.notary = notary;
        events.forEach(this::add);
    }

    private void add(Obj event) {
        events.add(event);
        range = range.append(
                MerkleHash.leaf(event.canonicalBytes()),
                node -> nodes.put(node.level() + "/" + node.index(), node.hash()));
    }

    Obj event(int index) {
        return events.get(index);
    }

    InclusionProof proof(int index) {
        return InclusionProof.of(index, events.size(), nodes());
    }

    RangeProof proof(int begin, int end) {
        return RangeProof.of(begin, end, events.size(), nodes());
    }

    private NodeSource nodes() {
        return (level, position) -> nodes.getOrDefault(level + "/" + position, MerkleHash.EMPTY);
    }

    SignedNote checkpoint(String origin) {
        var checkpoint = new Checkpoint(origin, events.size(), range.root());
        if (!(notary.log().published().key() instanceof VerificationKey.Ed25519(var key))) {
            throw new AssertionError("the log key is Ed25519");
        }
        byte[] signature = notary.log().sign(checkpoint.text().getBytes(UTF_8));
        return new SignedNote(checkpoint.text(), List.of(NoteSignature.of(new VerifierKey(origin, key), signature)));
    }

    /** What a test writes between the first line and the last. */
    @FunctionalInterface
    interface Body {
        void write(AuditExportWriter writer) throws IOException;
    }

    byte[] exported(Body body) {
        return exported(notary.manifest(), notary.origin(), body);
    }

    byte[] exported(KeyManifest keys, String origin, Body body) {
        try {
            var bytes = new ByteArrayOutputStream();
            var writer = new AuditExportWriter(bytes, keys, checkpoint(origin), Json.object("action", "approval."));
            body.write(writer);
            writer.finish(notary.log());
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** These events with their own proofs, the newest first if they are given so. */
    byte[] exported(int... indexes) {
        return exported(writer -> {
            for (int index : indexes) {
                writer.event(event(index), proof(index));
            }
        });
    }
}
