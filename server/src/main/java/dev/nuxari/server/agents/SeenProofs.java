package dev.nuxari.server.agents;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which proofs were used, for as long as somebody would take them again. Two halves take turns, so that nothing is looked through. It is
 * bounded, for each key and together: where it is full, new proofs are refused and old ones are not forgotten. One agent that asks without end
 * so keeps nobody out but itself.
 */
final class SeenProofs {
    private final Duration kept;
    private final Bounds bounds;
    private Half newer = new Half();
    private Half older = new Half();
    private Instant turnedAt;

    /**
     * An empty memory.
     *
     * @param kept for at least so long
     */
    SeenProofs(Duration kept, Bounds bounds, Instant now) {
        this.kept = kept;
        this.bounds = bounds;
        this.turnedAt = now;
    }

    /** The most in each half. */
    record Bounds(int together, int ofOneKey) {}

    /** What is said of a proof. */
    enum Answer {
        NEW,
        SEEN,
        /** It cannot be remembered, and so not be taken. */
        FULL
    }

    private static final class Half {
        private final Map<String, Set<String>> proofs = new HashMap<>();
        private int size;

        Set<String> of(String key) {
            return proofs.getOrDefault(key, Set.of());
        }

        void add(String key, String proof) {
            if (proofs.computeIfAbsent(key, _ -> new HashSet<>(4)).add(proof)) {
                size++;
            }
        }
    }

    synchronized Answer take(String key, String proof, Instant now) {
        turn(now);
        if (older.of(key).contains(proof) || newer.of(key).contains(proof)) {
            return Answer.SEEN;
        }
        if (newer.size >= bounds.together() || newer.of(key).size() >= bounds.ofOneKey()) {
            return Answer.FULL;
        }
        newer.add(key, proof);
        return Answer.NEW;
    }

    private void turn(Instant now) {
        if (!turnedAt.plus(kept).isAfter(now)) {
            older = turnedAt.plus(kept.multipliedBy(2)).isAfter(now) ? newer : new Half();
            newer = new Half();
            turnedAt = now;
        }
    }

    /** How many of a key are remembered. */
    synchronized int remembered(String key) {
        return older.of(key).size() + newer.of(key).size();
    }
}
