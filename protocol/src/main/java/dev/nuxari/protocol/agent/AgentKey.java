package dev.nuxari.protocol.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.transparency.Ed25519PublicKey;
import java.util.Base64;

/** The public half of an agent's key, as a JSON Web Key (RFC 8037). */
public record AgentKey(Ed25519PublicKey key) {
    private static final String CURVE = "Ed25519";
    private static final String TYPE = "OKP";

    /** With the three members that are needed, and so its own thumbprint's text. */
    public Json.Obj jwk() {
        return Json.object("crv", CURVE, "kty", TYPE, "x", base64url(key.bytes()));
    }

    /**
     * Reads a key.
     *
     * @throws IllegalArgumentException if the value is no Ed25519 key, or has more to it than the public half
     */
    public static AgentKey parse(Json.Obj jwk) {
        AgentKey read = new AgentKey(new Ed25519PublicKey(
                Base64.getUrlDecoder().decode(jwk.string("x").getBytes(UTF_8))));
        if (!read.jwk().equals(jwk)) {
            throw new IllegalArgumentException("not a public Ed25519 key in its one spelling");
        }
        return read;
    }

    /** RFC 7638: what a token is bound to, and by which the key is named. */
    public String thumbprint() {
        return base64url(Sha256.of(jwk().canonicalBytes()));
    }

    static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Reads base64url without padding, in its one spelling.
     *
     * @throws IllegalArgumentException if the text is no such spelling
     */
    static byte[] fromBase64url(String text) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        if (!base64url(bytes).equals(text)) {
            throw new IllegalArgumentException("not the base64url of its bytes");
        }
        return bytes;
    }
}
