package dev.nuxari.protocol;

import dev.nuxari.transparency.Ed25519PublicKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/** The public half of a signing key. */
public sealed interface VerificationKey {
    /** The bytes that manifests hold, encoded as {@link Algorithm} says. */
    byte[] encoded();

    Algorithm algorithm();

    /** Whether this key has made the signature over the message. */
    boolean verifies(byte[] signature, byte[] message);

    /**
     * Reads a public key.
     *
     * @throws IllegalArgumentException if the bytes are no public key of the algorithm
     */
    static VerificationKey of(Algorithm algorithm, byte[] encoded) {
        return switch (algorithm) {
            case ED25519 -> new Ed25519(new Ed25519PublicKey(encoded));
            case ML_DSA_65 -> MlDsa65.decode(encoded);
            case ECDSA_P256 -> EcdsaP256.decode(encoded);
        };
    }

    /** RFC 8032. */
    record Ed25519(Ed25519PublicKey key) implements VerificationKey {
        @Override
        public byte[] encoded() {
            return key.bytes();
        }

        @Override
        public Algorithm algorithm() {
            return Algorithm.ED25519;
        }

        @Override
        public boolean verifies(byte[] signature, byte[] message) {
            return key.verifies(signature, message);
        }
    }

    /** FIPS 204, by the JDK. */
    record MlDsa65(PublicKey key) implements VerificationKey {
        private static final String NAME = "ML-DSA-65";

        private static MlDsa65 decode(byte[] encoded) {
            return new MlDsa65(VerificationKey.decoded(NAME, encoded));
        }

        @Override
        public byte[] encoded() {
            return key.getEncoded();
        }

        @Override
        public Algorithm algorithm() {
            return Algorithm.ML_DSA_65;
        }

        @Override
        public boolean verifies(byte[] signature, byte[] message) {
            return VerificationKey.verifies(NAME, key, signature, message);
        }
    }

    /** FIPS 186-5 over P-256 with SHA-256, by the JDK. */
    record EcdsaP256(PublicKey key) implements VerificationKey {
        private static final int FIELD_BITS = 256;

        private static EcdsaP256 decode(byte[] encoded) {
            PublicKey key = VerificationKey.decoded("EC", encoded);
            boolean curve = key instanceof ECPublicKey elliptic
                    && elliptic.getParams().toString().contains("secp256r1")
                    && elliptic.getParams().getCurve().getField().getFieldSize() == FIELD_BITS;
            if (!curve) {
                throw new IllegalArgumentException("the key is not on P-256");
            }
            return new EcdsaP256(key);
        }

        @Override
        public byte[] encoded() {
            return key.getEncoded();
        }

        @Override
        public Algorithm algorithm() {
            return Algorithm.ECDSA_P256;
        }

        @Override
        public boolean verifies(byte[] signature, byte[] message) {
            return VerificationKey.verifies("SHA256withECDSA", key, signature, message);
        }
    }

    /** A key has one encoding: with a second one it would have a second key id. */
    private static PublicKey decoded(String algorithm, byte[] encoded) {
        try {
            PublicKey key = KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
            if (!Arrays.equals(key.getEncoded(), encoded)) {
                throw new IllegalArgumentException(
                        "the %s public key is not encoded as X.509 says".formatted(algorithm));
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a public key for " + algorithm, e);
        }
    }

    private static boolean verifies(String algorithm, PublicKey key, byte[] signature, byte[] message) {
        try {
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false; // not even the form of a signature
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has %s since 24".formatted(algorithm), e);
        }
    }
}
