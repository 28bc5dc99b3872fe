package dev.nuxari.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.transparency.Verification.Refuted;
import dev.nuxari.transparency.Verification.Verified;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;

/** A text with signatures below it (C2SP signed-note). The signatures cover the text with its final newline. */
public record SignedNote(String text, List<NoteSignature> signatures) {
    private static final int MOST_SIGNATURES = 100;
    private static final int LARGEST = 1024 * 1024;

    public SignedNote {
        if (!text.endsWith("\n") || text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new IllegalArgumentException("a note is lines without control characters");
        }
        if (signatures.isEmpty() || signatures.size() > MOST_SIGNATURES) {
            throw new IllegalArgumentException("a note has between 1 and %d signatures".formatted(MOST_SIGNATURES));
        }
        signatures = List.copyOf(signatures);
    }

    /** Signs a text in one name. */
    public static SignedNote sign(String text, NoteSigner signer) {
        byte[] signature = signer.key().sign(text.getBytes(UTF_8));
        return new SignedNote(text, List.of(NoteSignature.of(signer.verifierKey(), signature)));
    }

    /**
     * Reads what {@link #encoded} writes.
     *
     * @throws IllegalArgumentException if the text is no note; its signatures are not verified yet
     */
    public static SignedNote parse(String note) {
        int separator = note.lastIndexOf("\n\n");
        if (separator < 0 || !note.endsWith("\n")) {
            throw new IllegalArgumentException("a note ends with an empty line and signature lines");
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (String line : note.substring(separator + 2).lines().toList()) {
            signatures.add(NoteSignature.parse(line));
        }
        SignedNote parsed = new SignedNote(note.substring(0, separator + 1), signatures);
        // lines() also ends a line at a carriage return, which no writer of notes produces.
        if (!parsed.encoded().equals(note)) {
            throw new IllegalArgumentException("the note is not written as notes are");
        }
        return parsed;
    }

    /**
     * Reads the bytes of a note.
     *
     * @throws IllegalArgumentException as {@link #parse(String)} does, and if the bytes are too many or not UTF-8
     */
    public static SignedNote parse(byte[] note) {
        if (note.length > LARGEST) {
            throw new IllegalArgumentException("a note has at most %d bytes".formatted(LARGEST));
        }
        try {
            return parse(UTF_8.newDecoder().decode(ByteBuffer.wrap(note)).toString());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a note is UTF-8", e);
        }
    }

    /** This note with one signature more, for example a witness's. */
    public SignedNote with(NoteSignature signature) {
        List<NoteSignature> more = new ArrayList<>(signatures);
        more.add(signature);
        return new SignedNote(text, more);
    }

    /** Whether the owner of this key has signed the text. Signatures by other keys are neither needed nor looked at. */
    public Verification verify(VerifierKey key) {
        List<NoteSignature> own =
                signatures.stream().filter(signature -> signature.isBy(key)).toList();
        if (own.isEmpty()) {
            return new Refuted("no signature by %s (key id %s)".formatted(key.name(), key.keyId()));
        }
        byte[] message = text.getBytes(UTF_8);
        boolean all = own.stream().allMatch(signature -> key.publicKey().verifies(signature.signature(), message));
        return all
                ? new Verified()
                : new Refuted("the signature by %s (key id %s) is wrong".formatted(key.name(), key.keyId()));
    }

    /** The note as it is published. */
    public String encoded() {
        StringBuilder encoded = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> encoded.append(signature).append('\n'));
        return encoded.toString();
    }
}
