package dev.nuxari.transparency;

import java.util.Base64;

/** Base64 with padding (RFC 4648, section 4) where every text has one reading and all bytes have one spelling. */
public final class StrictBase64 {
    private StrictBase64() {}

    public static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * Reads what {@link #encode} writes, and nothing else: the JDK also takes a text without padding or with leftover bits.
     *
     * @throws IllegalArgumentException if the text is not the spelling of any bytes
     */
    public static byte[] decode(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        if (!encode(bytes).equals(text)) {
            throw new IllegalArgumentException("not the canonical base64 of its bytes");
        }
        return bytes;
    }
}
