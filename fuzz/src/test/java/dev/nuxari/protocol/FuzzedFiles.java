package dev.nuxari.protocol;

/** The targets that verify signatures, in one process. */
public final class FuzzedFiles {
    private FuzzedFiles() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        byte[] rest = Demanded.rest(input);
        switch (Demanded.choice(input, 6)) {
            case 0 -> FuzzedManifests.fuzzerTestOneInput(rest);
            case 1 -> FuzzedPackages.fuzzerTestOneInput(rest);
            case 2 -> FuzzedExports.fuzzerTestOneInput(rest);
            case 3 -> FuzzedAgents.fuzzerTestOneInput(rest);
            case 4 -> FuzzedLogs.fuzzerTestOneInput(rest);
            default -> FuzzedReleases.fuzzerTestOneInput(rest);
        }
    }
}
