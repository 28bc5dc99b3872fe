package dev.nuxari.cli;

/** TCP ports as options. */
final class Ports {
    private static final int HIGHEST = 65_535;

    private Ports() {}

    static void check(int port) {
        if (port < 1 || port > HIGHEST) {
            throw new Usage("A port is a number from 1 to " + HIGHEST + ", not " + port + ".");
        }
    }
}
