package dev.nuxari.server.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.ProblemException;

/**
 * A leaf of the log but for its sequence number, which the database puts in once the head is locked.
 *
 * @param leaf the canonical event, with a 0 for its number
 * @param place where that stands, counted from 1
 */
@SuppressWarnings("ArrayRecordComponent") // Written, never compared.
record Unnumbered(byte[] leaf, int place) {
    static final String NUMBER = "sequence";

    /** An entry of the log holds 64 KiB; the rest is room for its framing. */
    private static final int LARGEST_EVENT = 60 * 1024;

    /** The largest number has as many digits. */
    private static final int LARGEST_NUMBER = 18;

    private static final String MEMBER = ",\"" + NUMBER + "\":0,";

    /**
     * Writes the event down.
     *
     * @param event with the number 0
     * @throws ProblemException if it is larger than an entry of a log may be; what it records is taken back with it
     */
    static Unnumbered of(Json.Obj event) {
        byte[] leaf = event.canonicalBytes();
        if (leaf.length + LARGEST_NUMBER > LARGEST_EVENT) {
            throw new ProblemException(
                    AuditProblem.EVENT_TOO_LARGE,
                    "The audit event %s of it would have %d bytes; one has at most %d. Nothing has changed. Say it in fewer words, or do it in several steps."
                            .formatted(event.string("action"), leaf.length, LARGEST_EVENT - LARGEST_NUMBER));
        }
        // Members are sorted, and none of those after this one can hold a member of this name. In a string the quotes
        // would be
        // escaped. A byte is a character here, so that one is counted as the other.
        int at = new String(leaf, ISO_8859_1).lastIndexOf(MEMBER);
        return new Unnumbered(leaf, at + MEMBER.length() - 1);
    }
}
