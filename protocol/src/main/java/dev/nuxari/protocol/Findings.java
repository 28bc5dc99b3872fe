package dev.nuxari.protocol;

import dev.nuxari.transparency.Verification;

/** What one check has found so far: the first thing that does not hold. How many do not, whoever wrote the file decides. */
final class Findings {
    private Check.Result result = new Check.Passed();

    void expect(boolean holds, String where, String reason) {
        if (!holds && result instanceof Check.Passed) {
            result = new Check.Refuted(reason, where);
        }
    }

    void expect(Verification verification, String where) {
        if (verification instanceof Verification.Refuted(String reason)) {
            expect(false, where, reason);
        }
    }

    /** The first thing that does not hold, if any. */
    Check.Result result() {
        return result;
    }
}
