package dev.nuxari.protocol.release;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.protocol.Located;
import dev.nuxari.transparency.Ed25519PublicKey;
import java.util.HexFormat;

/** A public key in root metadata (TUF, section 4.3): Ed25519, and nothing else. */
public record ReleaseKey(Ed25519PublicKey key) {
    private static final String ED25519 = "ed25519";

    static ReleaseKey parse(Located json) {
        json.requireMembers("keytype", "scheme", "keyval");
        Located value = json.object("keyval");
        value.requireMembers("public");
        if (!json.string("keytype").equals(ED25519) || !json.string("scheme").equals(ED25519)) {
            throw json.refuse("keytype", "only ed25519");
        }
        return new ReleaseKey(value.read("public", text -> new Ed25519PublicKey(hex(text))));
    }

    /** The bytes of hexadecimal digits in their one spelling. */
    static byte[] hex(String text) {
        byte[] bytes = HexFormat.of().parseHex(text);
        if (!HexFormat.of().formatHex(bytes).equals(text)) {
            throw new IllegalArgumentException("hexadecimal digits are lower-case");
        }
        return bytes;
    }

    Json.Obj json() {
        return Json.object(
                "keytype", ED25519,
                "scheme", ED25519,
                "keyval", Json.object("public", HexFormat.of().formatHex(key.bytes())));
    }

    /** The hash of the key as it stands in the metadata: no key has two. */
    public String id() {
        return Sha256.hexOf(json().canonicalBytes());
    }
}
