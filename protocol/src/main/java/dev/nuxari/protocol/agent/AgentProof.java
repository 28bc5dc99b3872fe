package dev.nuxari.protocol.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.transparency.Ed25519PrivateKey;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * That whoever sends a request holds a key (DPoP, RFC 9449), with {@code Ed25519} (RFC 9864). The token alone is of no use.
 *
 * @param jti to be remembered by whoever accepts the proof, for as long as he would accept it
 * @param nonce what the server had asked to be said again
 */
public record AgentProof(AgentKey key, String jti, Instant issuedAt, Optional<String> nonce) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LONGEST = 4096;
    private static final int JTI_BYTES = 16;
    private static final int PARTS = 3;
    private static final Set<String> REQUIRED = Set.of("ath", "htm", "htu", "iat", "jti");
    private static final String NONCE = "nonce";

    /**
     * A request that is proven.
     *
     * @param address as the server knows itself, a query may follow
     */
    public record Request(String method, URI address, String token) {
        /** Without query and fragment (section 4.2). */
        String target() {
            return address.toString().replaceFirst("[?#].*", "");
        }

        String tokenHash() {
            return AgentKey.base64url(Sha256.of(token.getBytes(US_ASCII)));
        }

        @Override
        public String toString() {
            return method + " " + target();
        }
    }

    /** What became of a proof. */
    public sealed interface Answer {}

    /** It is one for this request; whether its time is good, and its id new, is for the server to say. */
    public record Proven(AgentProof proof) implements Answer {}

    /** It is none. */
    public record Refuted(String reason) implements Answer {}

    /** Makes the value of the header {@code DPoP}. */
    public static String make(Ed25519PrivateKey key, Request request, Instant now, Optional<String> nonce) {
        byte[] jti = new byte[JTI_BYTES];
        RANDOM.nextBytes(jti);
        Json.Obj head = Json.object("alg", "Ed25519", "jwk", new AgentKey(key.publicKey()).jwk(), "typ", "dpop+jwt");
        Json.Obj claims = Json.object(
                        "ath", request.tokenHash(),
                        "htm", request.method(),
                        "htu", request.target(),
                        "iat", now.getEpochSecond(),
                        "jti", AgentKey.base64url(jti))
                .withPresent(NONCE, nonce.orElse(null));
        String text = AgentKey.base64url(head.canonicalBytes()) + "." + AgentKey.base64url(claims.canonicalBytes());
        return text + "." + AgentKey.base64url(key.sign(text.getBytes(US_ASCII)));
    }

    /** Whether this is a proof for the request, by the key that it names. Whose key that is, is another question. */
    public static Answer verify(String proof, Request request) {
        try {
            List<String> parts = List.of(proof.split("\\.", -1));
            if (proof.length() > LONGEST || parts.size() != PARTS) {
                return new Refuted("a proof has three parts");
            }
            AgentKey key = key(json(parts.getFirst()));
            String text = parts.getFirst() + "." + parts.get(1);
            if (!key.key().verifies(AgentKey.fromBase64url(parts.getLast()), text.getBytes(US_ASCII))) {
                return new Refuted("the signature is wrong");
            }
            return claims(key, json(parts.get(1)), request);
        } catch (IllegalArgumentException e) {
            return new Refuted("not a proof: " + e.getMessage());
        }
    }

    private static AgentKey key(Json.Obj head) {
        AgentKey key = AgentKey.parse(head.object("jwk"));
        if (!head.equals(Json.object("alg", "Ed25519", "jwk", key.jwk(), "typ", "dpop+jwt"))) {
            throw new IllegalArgumentException("the header has other members");
        }
        return key;
    }

    private static Answer claims(AgentKey key, Json.Obj claims, Request request) {
        Set<String> names = claims.without(NONCE).members().keySet();
        if (!names.equals(REQUIRED)) {
            return new Refuted("the claims have other members");
        }
        if (!claims.string("htm").equals(request.method())
                || !claims.string("htu").equals(request.target())) {
            return new Refuted("it is for another request");
        }
        if (!claims.string("ath").equals(request.tokenHash())) {
            return new Refuted("it is for another token");
        }
        String jti = claims.string("jti");
        if (AgentKey.fromBase64url(jti).length != JTI_BYTES) {
            return new Refuted("its id has another length");
        }
        Instant issuedAt = Instant.ofEpochSecond(claims.integer("iat"));
        return new Proven(new AgentProof(key, jti, issuedAt, claims.optionalString(NONCE)));
    }

    private static Json.Obj json(String part) {
        String text = new String(AgentKey.fromBase64url(part), UTF_8);
        Json.Obj json = Json.parseObject(text);
        if (!json.canonical().equals(text)) {
            throw new IllegalArgumentException("not in canonical form");
        }
        return json;
    }
}
