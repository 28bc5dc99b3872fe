package dev.nuxari.protocol;

/** The cheap targets in one process, for the runs that have a minute: starting the fuzzer costs as much as thousands of tries. */
public final class FuzzedFormats {
    private FuzzedFormats() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (Demanded.choice(input, 2) == 0) {
            FuzzedTexts.fuzzerTestOneInput(Demanded.rest(input));
        } else {
            FuzzedNotes.fuzzerTestOneInput(Demanded.rest(input));
        }
    }
}
