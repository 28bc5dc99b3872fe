package dev.nuxari.server.leaks;

import java.util.List;

/**
 * One secret that nobody else has.
 *
 * @param place where it was pushed in
 */
record Canary(String place, Kind kind, String text, List<String> cores) {
    Canary {
        cores = List.copyOf(cores);
    }

    boolean isSecret() {
        return kind != Kind.PLAIN_WORD;
    }

    @Override
    public String toString() {
        return kind + " pushed into " + place;
    }
}
