package dev.nuxari.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Sha256;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key-encryption key: wraps the data keys, and gives away keys that are derived from it, never itself. */
final class MasterKey {
    private static final int ID_DIGITS = 16;
    private static final String HMAC = "HmacSHA256";

    private final AuthenticatedKey key;
    private final String id;
    private final SecretKeySpec derivation;

    MasterKey(byte[] key) {
        this.key = new AuthenticatedKey(key);
        this.derivation = new SecretKeySpec(key, HMAC);
        this.id = Sha256.hexOf("nuxari master key id".getBytes(UTF_8), key).substring(0, ID_DIGITS);
    }

    /** Names the key without telling anything about it. */
    String id() {
        return id;
    }

    byte[] wrap(byte[] dataKey, OrganizationId organization, int version) {
        return key.encrypt(dataKey, words(organization, version));
    }

    byte[] unwrap(byte[] wrapped, OrganizationId organization, int version) {
        return key.decrypt(wrapped, words(organization, version));
    }

    /** A key for this one purpose; who has it learns nothing of this key or of other purposes. */
    byte[] derive(String purpose) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(derivation);
            return mac.doFinal(("nuxari derived key/" + purpose).getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is not available", e);
        }
    }

    private static String words(OrganizationId organization, int version) {
        return "data-key/%s/%d".formatted(organization, version);
    }
}
