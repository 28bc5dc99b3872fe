package dev.nuxari.transparency;

/** What a verifier concluded. A refuted proof is an expected answer, not an error. */
public sealed interface Verification {
    /** It holds. */
    record Verified() implements Verification {}

    /** It does not hold, or it cannot be shown. */
    record Refuted(String reason) implements Verification {}
}
