package dev.nuxari.server.keys;

import dev.nuxari.server.keys.DataKeys.Versioned;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.nio.ByteBuffer;
import org.springframework.stereotype.Component;

/**
 * Encrypts for the organization whose scope is open, and for no other.
 *
 * <p>A sealed value starts with its format and the version of its data key; both, the organization and the context are
 * authenticated with it (AES-256-GCM, NIST SP 800-38D).
 */
@Component
public class Envelope {
    private static final byte FORMAT = 1;
    private static final int HEADER = Byte.BYTES + Integer.BYTES;

    private final DataKeys keys;
    private final OrganizationScope scope;

    Envelope(DataKeys keys, OrganizationScope scope) {
        this.keys = keys;
        this.scope = scope;
    }

    /**
     * Seals bytes.
     *
     * @param context what they are and where they belong, such as a table and a key; the same words open them
     * @throws IllegalStateException if no scope is open
     */
    public byte[] seal(byte[] plain, String context) {
        Versioned key = keys.newest();
        byte[] encrypted = key.key().encrypt(plain, words(key.version(), context));
        return ByteBuffer.allocate(HEADER + encrypted.length)
                .put(FORMAT)
                .putInt(key.version())
                .put(encrypted)
                .array();
    }

    /**
     * Opens what {@link #seal} made for the same organization and context.
     *
     * @throws SealBroken if it was made for another organization or context, or was changed
     * @throws IllegalStateException if no scope is open
     */
    public byte[] open(byte[] sealed, String context) {
        ByteBuffer bytes = ByteBuffer.wrap(sealed);
        if (sealed.length <= HEADER || bytes.get() != FORMAT) {
            throw new SealBroken("not a sealed value");
        }
        int version = bytes.getInt();
        byte[] encrypted = new byte[bytes.remaining()];
        bytes.get(encrypted);
        return keys.version(version).decrypt(encrypted, words(version, context));
    }

    private String words(int version, String context) {
        return "%d/%d/%s/%s".formatted(FORMAT, version, scope.caller().organization(), context);
    }
}
