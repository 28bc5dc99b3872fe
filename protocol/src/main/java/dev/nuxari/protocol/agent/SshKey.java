package dev.nuxari.protocol.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nuxari.kernel.Sha256;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A public key of OpenSSH.
 *
 * @param line algorithm and key, in their one spelling
 */
public record SshKey(String line, String fingerprint) {
    private static final Pattern FORM =
            Pattern.compile("(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)|sk-ssh-ed25519@openssh\\.com"
                    + "|sk-ecdsa-sha2-nistp256@openssh\\.com) ([A-Za-z0-9+/]{40,2800}={0,2})");

    /** Reads {@code <algorithm> <key>}; empty if it is anything else, or the key says another algorithm of itself. */
    public static Optional<SshKey> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(matcher.group(2));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        boolean oneSpelling = Base64.getEncoder().encodeToString(key).equals(matcher.group(2));
        return oneSpelling && matcher.group(1).equals(algorithm(key))
                ? Optional.of(new SshKey(text, fingerprint(key)))
                : Optional.empty();
    }

    private static String algorithm(byte[] key) {
        ByteBuffer bytes = ByteBuffer.wrap(key);
        int length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            return "";
        }
        return new String(key, Integer.BYTES, length, US_ASCII);
    }

    private static String fingerprint(byte[] key) {
        byte[] digest = HexFormat.of().parseHex(Sha256.hexOf(key));
        return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    }
}
