package dev.nuxari.agent.evidence;

import dev.nuxari.kernel.Json;
import dev.nuxari.transparency.StrictBase64;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The host's key for its evidence, AES-256-GCM, and the salt of its digests. Neither leaves the host. */
public final class EvidenceKey {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final String salt;
    private final SecureRandom random;

    private EvidenceKey(byte[] key, String salt, SecureRandom random) {
        if (key.length != KEY_BYTES || !salt.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("no key of evidence");
        }
        this.key = new SecretKeySpec(key, "AES");
        this.salt = salt;
        this.random = random;
    }

    /** What is stored of a new one. */
    public static Json.Obj generate(SecureRandom random) {
        byte[] key = new byte[KEY_BYTES];
        byte[] salt = new byte[KEY_BYTES];
        random.nextBytes(key);
        random.nextBytes(salt);
        return Json.object(
                "v", 1, "key", StrictBase64.encode(key), "salt", HexFormat.of().formatHex(salt));
    }

    /** Reads what {@link #generate} made. */
    public static EvidenceKey parse(Json.Obj json, SecureRandom random) {
        return new EvidenceKey(StrictBase64.decode(json.string("key")), json.string("salt"), random);
    }

    String salt() {
        return salt;
    }

    /** Nonce and ciphertext; the head is not secret, and cannot be exchanged. */
    byte[] seal(byte[] head, byte[] content) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] box = cipher(Cipher.ENCRYPT_MODE, nonce, head).doFinal(content);
            return ByteBuffer.allocate(nonce.length + box.length)
                    .put(nonce)
                    .put(box)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What was sealed; empty if anything was altered or the key is another one. */
    Optional<byte[]> open(byte[] sealed, int headLength) {
        if (sealed.length < headLength + NONCE_BYTES) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(sealed);
        byte[] head = new byte[headLength];
        byte[] nonce = new byte[NONCE_BYTES];
        bytes.get(head).get(nonce);
        try {
            return Optional.of(
                    cipher(Cipher.DECRYPT_MODE, nonce, head).doFinal(sealed, bytes.position(), bytes.remaining()));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] head) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(head);
        return cipher;
    }
}
