package dev.nuxari.transparency;

import java.util.Arrays;
import java.util.HexFormat;

/** One signature line of a note: {@code — <name> <base64(key id || signature)>}. */
public record NoteSignature(String name, String base64) {
    static final String DASH = "— ";

    public NoteSignature {
        if (StrictBase64.decode(base64).length <= VerifierKey.ID_LENGTH) {
            throw new IllegalArgumentException("a signature line holds a key id and a signature");
        }
    }

    static NoteSignature parse(String line) {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(DASH) || space <= DASH.length()) {
            throw new IllegalArgumentException("not a signature line");
        }
        return new NoteSignature(line.substring(DASH.length(), space), line.substring(space + 1));
    }

    /** A signature that was made where the private key is kept. */
    public static NoteSignature of(VerifierKey key, byte[] signature) {
        byte[] blob = Arrays.copyOf(HexFormat.of().parseHex(key.keyId()), VerifierKey.ID_LENGTH + signature.length);
        System.arraycopy(signature, 0, blob, VerifierKey.ID_LENGTH, signature.length);
        return new NoteSignature(key.name(), StrictBase64.encode(blob));
    }

    /** Eight lower-case hexadecimal digits. */
    public String keyId() {
        return HexFormat.of().formatHex(StrictBase64.decode(base64), 0, VerifierKey.ID_LENGTH);
    }

    public byte[] signature() {
        byte[] blob = StrictBase64.decode(base64);
        return Arrays.copyOfRange(blob, VerifierKey.ID_LENGTH, blob.length);
    }

    boolean isBy(VerifierKey key) {
        return name.equals(key.name()) && keyId().equals(key.keyId());
    }

    @Override
    public String toString() {
        return DASH + name + " " + base64;
    }
}
