package dev.nuxari.server.scim;

/** What became of a directory that was to be made or changed. */
sealed interface DirectoryRuling {
    record Accepted(Directory directory) implements DirectoryRuling {}

    /** Somebody else has changed it since the caller has read it. */
    record Stale(int current) implements DirectoryRuling {}

    record Refused(DirectoryProblem why) implements DirectoryRuling {}
}
