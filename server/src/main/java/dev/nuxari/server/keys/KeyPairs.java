package dev.nuxari.server.keys;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.function.UnaryOperator;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * Makes key pairs and signs with their private halves. Ed25519 by BouncyCastle, which signs many times faster than the JDK;
 * ML-DSA-65 and ECDSA by the JDK.
 */
final class KeyPairs {
    private static final String ML_DSA = "ML-DSA-65";
    private static final String ELLIPTIC = "EC";
    private static final SecureRandom RANDOM = new SecureRandom();

    private KeyPairs() {}

    /** Both halves, encoded as they are stored. */
    record Encoded(Bytes publicKey, Bytes privateKey) {}

    static Encoded generate(KeyName.Algorithm algorithm) {
        return switch (algorithm) {
            case ED25519 -> {
                var key = new Ed25519PrivateKeyParameters(RANDOM);
                yield new Encoded(new Bytes(key.generatePublicKey().getEncoded()), new Bytes(key.getEncoded()));
            }
            case ML_DSA_65 -> encoded(pair(ML_DSA, NamedParameterSpec.ML_DSA_65));
            case ECDSA_P256 -> encoded(pair(ELLIPTIC, new ECGenParameterSpec("secp256r1")));
        };
    }

    /** A function that signs; it may be called by several threads. */
    static UnaryOperator<byte[]> signer(KeyName.Algorithm algorithm, byte[] privateKey) {
        return switch (algorithm) {
            case ED25519 -> ed25519(new Ed25519PrivateKeyParameters(privateKey));
            case ML_DSA_65 -> signer(ML_DSA, key(ML_DSA, privateKey));
            case ECDSA_P256 -> signer("SHA256withECDSA", key(ELLIPTIC, privateKey));
        };
    }

    private static UnaryOperator<byte[]> ed25519(Ed25519PrivateKeyParameters key) {
        return message -> {
            var signer = new Ed25519Signer();
            signer.init(true, key);
            signer.update(message, 0, message.length);
            return signer.generateSignature();
        };
    }

    private static UnaryOperator<byte[]> signer(String algorithm, PrivateKey key) {
        return message -> {
            try {
                Signature signature = Signature.getInstance(algorithm);
                signature.initSign(key);
                signature.update(message);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(algorithm + " could not sign", e);
            }
        };
    }

    private static Encoded encoded(KeyPair pair) {
        return new Encoded(
                new Bytes(pair.getPublic().getEncoded()),
                new Bytes(pair.getPrivate().getEncoded()));
    }

    private static KeyPair pair(String algorithm, AlgorithmParameterSpec parameters) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has %s since 24".formatted(algorithm), e);
        }
    }

    private static PrivateKey key(String algorithm, byte[] encoded) {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the stored %s key cannot be read".formatted(algorithm), e);
        }
    }
}
