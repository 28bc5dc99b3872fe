package dev.nuxari.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Sha256;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A named Ed25519 key of a signed note; written as one word, the "vkey" of C2SP signed-note:
 * {@code <name>+<key id>+<base64(0x01 || public key)>}.
 */
public record VerifierKey(String name, Ed25519PublicKey publicKey) {
    static final int ID_LENGTH = 4;
    private static final byte ED25519 = 0x01;

    public VerifierKey {
        requireName(name);
    }

    /**
     * Reads a vkey.
     *
     * @throws IllegalArgumentException if it is malformed, of another algorithm, or its key id is not its own
     */
    public static VerifierKey parse(String vkey) {
        String[] parts = vkey.split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("a verifier key is name+id+key");
        }
        byte[] typed = StrictBase64.decode(parts[2]);
        if (typed.length != 1 + Ed25519PublicKey.LENGTH || typed[0] != ED25519) {
            throw new IllegalArgumentException("not an Ed25519 verifier key");
        }
        byte[] bytes = Arrays.copyOfRange(typed, 1, typed.length);
        VerifierKey key = new VerifierKey(parts[0], new Ed25519PublicKey(bytes));
        if (!key.keyId().equals(parts[1])) {
            throw new IllegalArgumentException("the key id of this key is " + key.keyId());
        }
        return key;
    }

    /** The first four bytes of SHA-256(name || 0x0A || 0x01 || public key), in lower-case hexadecimal digits. */
    public String keyId() {
        return keyId(name, new byte[] {ED25519}, publicKey.bytes());
    }

    /** The key id of C2SP signed-note, for a key of any type. */
    public static String keyId(String name, byte[] type, byte[] publicKey) {
        byte[] hash = Sha256.of((name + "\n").getBytes(UTF_8), type, publicKey);
        return HexFormat.of().formatHex(hash, 0, ID_LENGTH);
    }

    /** The vkey, as verifiers of other makers read it. */
    public String encoded() {
        byte[] bytes = publicKey.bytes();
        byte[] typed = new byte[1 + bytes.length];
        typed[0] = ED25519;
        System.arraycopy(bytes, 0, typed, 1, bytes.length);
        return name + "+" + keyId() + "+" + StrictBase64.encode(typed);
    }

    @Override
    public String toString() {
        return encoded();
    }

    static void requireName(String name) {
        if (name.isEmpty() || name.chars().anyMatch(c -> c == '+' || c < ' ' || isSpace(c))) {
            throw new IllegalArgumentException("a key's name has neither spaces nor a plus sign");
        }
    }

    private static boolean isSpace(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }
}
