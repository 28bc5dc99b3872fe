package dev.nuxari.protocol;

import dev.nuxari.kernel.Brief;

/**
 * One question a verifier asked of a package.
 *
 * @param name stable, for programs: {@code merkle-root}
 * @param claim what holds when it passed, for people
 */
public record Check(String name, String claim, Result result) {
    /** The answer. */
    public sealed interface Result {}

    /** The claim holds. */
    public record Passed() implements Result {}

    /**
     * The claim does not hold, or cannot be shown.
     *
     * @param where a JSON pointer (RFC 6901) into the file; empty for the file as a whole
     */
    public record Refuted(String reason, String where) implements Result {
        public Refuted {
            reason = Brief.of(reason);
            where = Brief.of(where);
        }
    }

    public boolean passed() {
        return result instanceof Passed;
    }
}
