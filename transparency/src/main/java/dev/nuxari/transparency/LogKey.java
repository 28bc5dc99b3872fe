package dev.nuxari.transparency;

import dev.nuxari.transparency.Verification.Refuted;

/**
 * A key of a log, and how far its word goes. A checkpoint has no time in it but a size, so that is what bounds a key that has
 * been replaced: whoever gets hold of it later can sign nothing that comes after.
 *
 * @param largestTree the most entries a checkpoint may have that this key has signed
 */
public record LogKey(VerifierKey verifier, long largestTree) {
    public LogKey {
        if (largestTree < 0) {
            throw new IllegalArgumentException("a tree has no fewer than no entries");
        }
    }

    /** A key that nothing has replaced. */
    public static LogKey current(VerifierKey verifier) {
        return new LogKey(verifier, Long.MAX_VALUE);
    }

    /** Whether this key has signed the checkpoint, and might. */
    public Verification verify(SignedNote note) {
        Verification verification = note.verify(verifier);
        long size = Checkpoint.parse(note.text()).size();
        return verification instanceof Verification.Verified && size > largestTree
                ? new Refuted("the key %s was replaced when the log had %d entries; this is signed over %d"
                        .formatted(verifier.keyId(), largestTree, size))
                : verification;
    }
}
