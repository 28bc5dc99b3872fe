package dev.nuxari.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Sha256;

/** The key-encryption key: wraps the data keys and nothing else. */
final class MasterKey {
    private static final int ID_DIGITS = 16;

    private final AuthenticatedKey key;
    private final String id;

    MasterKey(byte[] key) {
        this.key = new AuthenticatedKey(key);
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

    private static String words(OrganizationId organization, int version) {
        return "data-key/%s/%d".formatted(organization, version);
    }
}
