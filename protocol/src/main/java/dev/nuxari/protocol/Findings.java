package dev.nuxari.protocol;

import dev.nuxari.transparency.Verification;
import java.util.ArrayList;
import java.util.List;

/** What one check has found so far. */
final class Findings {
    private final List<Check.Refuted> refuted = new ArrayList<>();

    void expect(boolean holds, String where, String reason) {
        if (!holds) {
            refuted.add(new Check.Refuted(reason, where));
        }
    }

    void expect(Verification verification, String where) {
        if (verification instanceof Verification.Refuted(String reason)) {
            refuted.add(new Check.Refuted(reason, where));
        }
    }

    /** The first thing that does not hold, if any. */
    Check.Result result() {
        return refuted.isEmpty() ? new Check.Passed() : refuted.getFirst();
    }
}
