package dev.nuxari.kernel;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4), which every Java platform has. */
public final class Sha256 {
    private Sha256() {}

    /** The 32-byte digest of the parts, one after the other. */
    public static byte[] of(byte[]... parts) {
        MessageDigest digest = digest();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    /** The digest as 64 lower-case hexadecimal digits. */
    public static String hexOf(byte[]... parts) {
        return HexFormat.of().formatHex(of(parts));
    }

    /** The digest of what remains of a buffer, as 64 lower-case hexadecimal digits. */
    public static String hexOf(ByteBuffer bytes) {
        MessageDigest digest = digest();
        digest.update(bytes);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform implements SHA-256", e);
        }
    }
}
