package dev.nuxari.server.agents;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Which proofs were used, for as long as somebody would take them again. Two halves take turns, so that nothing is looked through. It is
 * bounded: when it is full, new proofs are refused and old ones are not forgotten.
 */
final class SeenProofs {
    private final Duration kept;
    private final int most;
    private Set<String> newer = new HashSet<>();
    private Set<String> older = new HashSet<>();
    private Instant turnedAt;

    /**
     * An empty memory.
     *
     * @param kept for at least so long
     * @param most in each half
     */
    SeenProofs(Duration kept, int most, Instant now) {
        this.kept = kept;
        this.most = most;
        this.turnedAt = now;
    }

    /** What is said of a proof. */
    enum Answer {
        NEW,
        SEEN,
        /** It cannot be remembered, and so not be taken. */
        FULL
    }

    synchronized Answer take(String proof, Instant now) {
        if (!turnedAt.plus(kept).isAfter(now)) {
            older = turnedAt.plus(kept.multipliedBy(2)).isAfter(now) ? newer : new HashSet<>();
            newer = new HashSet<>();
            turnedAt = now;
        }
        if (older.contains(proof) || newer.contains(proof)) {
            return Answer.SEEN;
        }
        if (newer.size() >= most) {
            return Answer.FULL;
        }
        newer.add(proof);
        return Answer.NEW;
    }
}
