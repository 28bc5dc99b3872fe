package dev.nuxari.protocol;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.transparency.Ed25519PrivateKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** A key that can sign. Whoever keeps the private half hands over a function, so that it need not leave its vault. */
public final class SigningKey {
    private final PublishedKey published;
    private final UnaryOperator<byte[]> signer;

    /**
     * A key whose private half is kept elsewhere.
     *
     * @param signer signs a message with the private half of the published key
     */
    public SigningKey(PublishedKey published, UnaryOperator<byte[]> signer) {
        this.published = published;
        this.signer = signer;
    }

    /** Makes a key that lives in memory only. */
    public static SigningKey generate(OrganizationId organization, KeyName name, Instant notBefore) {
        return switch (name.algorithm()) {
            case ED25519 -> {
                Ed25519PrivateKey key = Ed25519PrivateKey.generate(new SecureRandom());
                VerificationKey verification = new VerificationKey.Ed25519(key.publicKey());
                yield new SigningKey(PublishedKey.of(organization, name, verification, notBefore), key::sign);
            }
            case ML_DSA_65 -> {
                KeyPair pair = pair("ML-DSA-65", NamedParameterSpec.ML_DSA_65);
                VerificationKey verification = new VerificationKey.MlDsa65(pair.getPublic());
                yield new SigningKey(
                        PublishedKey.of(organization, name, verification, notBefore),
                        message -> signature("ML-DSA-65", pair, message));
            }
            case ECDSA_P256 -> {
                KeyPair pair = pair("EC", new ECGenParameterSpec("secp256r1"));
                VerificationKey verification = new VerificationKey.EcdsaP256(pair.getPublic());
                yield new SigningKey(
                        PublishedKey.of(organization, name, verification, notBefore),
                        message -> signature("SHA256withECDSA", pair, message));
            }
        };
    }

    /** The public half. */
    public PublishedKey published() {
        return published;
    }

    public byte[] sign(byte[] message) {
        return signer.apply(message);
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

    private static byte[] signature(String algorithm, KeyPair pair, byte[] message) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + " could not sign", e);
        }
    }

    @Override
    public String toString() {
        return "the " + published.name().spelled() + " key " + published.keyId();
    }
}
