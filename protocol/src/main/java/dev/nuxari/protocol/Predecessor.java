package dev.nuxari.protocol;

import dev.nuxari.kernel.Json;
import dev.nuxari.transparency.StrictBase64;

/**
 * The manifest that another one follows, and its word for it.
 *
 * @param hash SHA-256 of the canonical predecessor, in hexadecimal digits
 * @param signature base64 of the predecessor's log key's signature over the new manifest without its two signatures
 */
public record Predecessor(int version, String hash, String signature) {
    static Predecessor of(KeyManifest manifest, byte[] signature) {
        return new Predecessor(manifest.version(), manifest.hash(), StrictBase64.encode(signature));
    }

    static Predecessor parse(Located json) {
        json.requireMembers("version", "hash", "signature");
        json.hash("hash");
        return new Predecessor(json.number("version"), json.string("hash"), json.string("signature"));
    }

    Json.Obj json() {
        return Json.object("version", version, "hash", hash, "signature", signature);
    }
}
