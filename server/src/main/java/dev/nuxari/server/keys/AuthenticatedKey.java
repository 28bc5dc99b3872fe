package dev.nuxari.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.security.GeneralSecurityException;

/** A key for AES-256-GCM whose ciphertexts are bound to the words they were made with. */
final class AuthenticatedKey {
    static final int LENGTH = 32;

    private final Aead aead;

    AuthenticatedKey(byte[] key) {
        if (key.length != LENGTH) {
            throw new IllegalArgumentException("an AES-256 key has " + LENGTH + " bytes, not " + key.length);
        }
        try {
            this.aead = new AesGcmJce(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM is not available", e);
        }
    }

    byte[] encrypt(byte[] plain, String boundTo) {
        try {
            return aead.encrypt(plain, boundTo.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("encryption failed", e);
        }
    }

    /**
     * Decrypts what {@link #encrypt} made with the same words.
     *
     * @throws SealBroken if it was made with another key or other words, or was changed
     */
    byte[] decrypt(byte[] encrypted, String boundTo) {
        try {
            return aead.decrypt(encrypted, boundTo.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new SealBroken("not sealed with this key for " + boundTo, e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
