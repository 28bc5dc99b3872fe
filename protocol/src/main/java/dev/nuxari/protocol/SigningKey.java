package dev.nuxari.protocol;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.transparency.Ed25519PrivateKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
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
                KeyPair pair = mlDsaPair();
                VerificationKey verification = new VerificationKey.MlDsa65(pair.getPublic());
                yield new SigningKey(
                        PublishedKey.of(organization, name, verification, notBefore),
                        message -> mlDsaSignature(pair, message));
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

    private static KeyPair mlDsaPair() {
        try {
            return KeyPairGenerator.getInstance("ML-DSA-65").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has ML-DSA-65 since 24", e);
        }
    }

    private static byte[] mlDsaSignature(KeyPair pair, byte[] message) {
        try {
            Signature signature = Signature.getInstance("ML-DSA-65");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("ML-DSA-65 could not sign", e);
        }
    }

    @Override
    public String toString() {
        return "the " + published.name().spelled() + " key " + published.keyId();
    }
}
