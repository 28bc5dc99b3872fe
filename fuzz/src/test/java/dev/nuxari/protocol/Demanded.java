package dev.nuxari.protocol;

import dev.nuxari.kernel.Json;
import java.util.Arrays;
import java.util.List;

/** What a target of the fuzzer demands, with no library between: everything here runs a million times. */
final class Demanded {
    /** A reason is for people to read, and comes from whoever wrote the file. */
    private static final int LONGEST_REASON = 400;

    private Demanded() {}

    static void that(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    /** Every refusal says why, in a line that fits a screen. */
    static void reasons(List<Check> checks) {
        for (Check check : checks) {
            if (check.result() instanceof Check.Refuted(String reason, String where)) {
                that(!reason.isBlank(), check.name() + " is refuted without a reason");
                that(reason.length() <= LONGEST_REASON, check.name() + " has a reason that is too long");
                that(where.length() <= LONGEST_REASON, check.name() + " has a place that is too long");
                Json.object("reason", reason, "where", where); // as the program tells it to other programs
            }
        }
    }

    /** What stands after the byte that chose what to do with it. */
    static byte[] rest(byte[] input) {
        return Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
    }

    static int choice(byte[] input, int choices) {
        return input.length == 0 ? 0 : Byte.toUnsignedInt(input[0]) % choices;
    }
}
