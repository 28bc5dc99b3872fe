package dev.nuxari.transparency;

import dev.nuxari.kernel.Brief;
import java.util.Optional;

/** What {@link LogVerifier} concluded about a log. */
public sealed interface LogVerification {
    /**
     * Everything the checkpoint promises is there, and nothing else leads to its root.
     *
     * @param checkpoint the newest one, with its signature: what to remember for the next time
     * @param since the remembered checkpoint that the log has only grown from
     */
    record Verified(SignedNote checkpoint, Checkpoint head, Optional<Checkpoint> since) implements LogVerification {}

    /**
     * The log is not what it says it is.
     *
     * @param resource the path whose content does not hold, below the log's address
     * @param entries which entries are in doubt
     */
    record Refuted(String reason, String resource, Stretch entries) implements LogVerification {
        public Refuted {
            reason = Brief.of(reason);
        }
    }

    /** Entries that follow one another, from {@code first} to {@code last}, both among them; none if {@code last} is smaller. */
    record Stretch(long first, long last) {
        static Stretch of(long begin, long end) {
            return new Stretch(begin, end - 1);
        }

        public static Stretch none() {
            return new Stretch(0, -1);
        }

        public boolean isEmpty() {
            return last < first;
        }

        @Override
        public String toString() {
            if (isEmpty()) {
                return "no entry";
            }
            return first == last ? "entry " + first : "entries %d to %d".formatted(first, last);
        }
    }
}
