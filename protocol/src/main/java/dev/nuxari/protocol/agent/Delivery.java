package dev.nuxari.protocol.agent;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Sha256;
import java.util.List;

/**
 * A package as it came.
 *
 * @param envelope whatever was sent as one
 * @param inclusionProof of its approval's event, in hexadecimal digits from the leaf upwards
 */
public record Delivery(Json envelope, List<String> inclusionProof) {
    public Delivery {
        inclusionProof = List.copyOf(inclusionProof);
    }

    public Json.Obj json() {
        return Json.object("package", envelope, "inclusionProof", inclusionProof);
    }

    /** By which a receipt names it, even if nothing in it can be read. */
    public String hash() {
        return Sha256.hexOf(envelope.canonicalBytes());
    }
}
