package dev.nuxari.transparency;

import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** The public half of an Ed25519 key (RFC 8032). */
public final class Ed25519PublicKey {
    public static final int LENGTH = Ed25519.PUBLIC_KEY_SIZE;
    public static final int SIGNATURE_LENGTH = Ed25519.SIGNATURE_SIZE;

    private final Ed25519PublicKeyParameters key;

    /**
     * Reads the 32 bytes of RFC 8032.
     *
     * @throws IllegalArgumentException if they are no point of the curve
     */
    public Ed25519PublicKey(byte[] bytes) {
        if (bytes.length != LENGTH || !Ed25519.validatePublicKeyPartial(bytes, 0)) {
            throw new IllegalArgumentException("not an Ed25519 public key");
        }
        this.key = new Ed25519PublicKeyParameters(bytes);
    }

    public byte[] bytes() {
        return key.getEncoded();
    }

    public boolean verifies(byte[] signature, byte[] message) {
        return signature.length == SIGNATURE_LENGTH
                && key.verify(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ed25519PublicKey that && Arrays.equals(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes());
    }

    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(bytes());
    }
}
