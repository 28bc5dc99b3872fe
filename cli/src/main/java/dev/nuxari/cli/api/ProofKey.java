package dev.nuxari.cli.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Sha256;
import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/**
 * The key that the tokens of one sign-in are bound to (DPoP, RFC 9449): whoever finds a token without it, in a log or at a
 * proxy, has nothing. P-256, because every broker takes it.
 */
public final class ProofKey {
    private static final String ALGORITHM = "EC";
    private static final int COORDINATE = 32;

    private final KeyPair pair;

    private ProofKey(KeyPair pair) {
        this.pair = pair;
    }

    /** One of its own for each sign-in. */
    public static ProofKey fresh() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new ProofKey(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads what {@link #written} says.
     *
     * @throws IllegalArgumentException if that is no key
     */
    static ProofKey read(Json.Obj json) {
        Base64.Decoder base64 = Base64.getDecoder();
        try {
            KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
            return new ProofKey(new KeyPair(
                    keys.generatePublic(new X509EncodedKeySpec(base64.decode(json.string("public")))),
                    keys.generatePrivate(new PKCS8EncodedKeySpec(base64.decode(json.string("private"))))));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
    }

    Json.Obj written() {
        Base64.Encoder base64 = Base64.getEncoder();
        return Json.object(
                "public", base64.encodeToString(pair.getPublic().getEncoded()),
                "private", base64.encodeToString(pair.getPrivate().getEncoded()));
    }

    /** The proof for a request to the broker that asks for tokens (RFC 9449, section 5). */
    String proof(String method, URI address, Instant now) {
        return signed(claims(method, address, now));
    }

    /** The proof for a request that shows an access token (section 7). */
    String proof(String method, URI address, Instant now, String token) {
        return signed(claims(method, address, now).with("ath", base64url(Sha256.of(token.getBytes(US_ASCII)))));
    }

    private static Json.Obj claims(String method, URI address, Instant now) {
        // Without query and fragment: section 4.2.
        String target = address.toString().replaceFirst("[?#].*", "");
        return Json.object(
                "jti", UUID.randomUUID().toString(), "htm", method, "htu", target, "iat", now.getEpochSecond());
    }

    private String signed(Json.Obj claims) {
        String head = base64url(
                Json.object("typ", "dpop+jwt", "alg", "ES256", "jwk", jwk()).canonicalBytes());
        String text = head + "." + base64url(claims.canonicalBytes());
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(pair.getPrivate());
            signature.update(text.getBytes(UTF_8));
            return text + "." + base64url(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Json.Obj jwk() {
        if (!(pair.getPublic() instanceof ECPublicKey key)) {
            throw new IllegalStateException("not a key of an elliptic curve");
        }
        return Json.object(
                "kty",
                "EC",
                "crv",
                "P-256",
                "x",
                coordinate(key.getW().getAffineX()),
                "y",
                coordinate(key.getW().getAffineY()));
    }

    /** Of full length (RFC 7518, section 6.2.1.2). */
    private static String coordinate(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] padded = new byte[COORDINATE];
        int length = Math.min(bytes.length, COORDINATE);
        System.arraycopy(bytes, bytes.length - length, padded, COORDINATE - length, length);
        return base64url(padded);
    }

    private static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProofKey key
                && Arrays.equals(
                        pair.getPrivate().getEncoded(), key.pair.getPrivate().getEncoded());
    }

    @Override
    public int hashCode() {
        return pair.getPublic().hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
