package dev.nuxari.server.tenancy;

import java.util.UUID;

/** What became of a share link's token at the door. */
public sealed interface ShareAdmission {
    /** The link opens what it shares, to this caller. */
    record Admitted(UUID share, Caller caller) implements ShareAdmission {}

    /**
     * The link is known, and opens nothing.
     *
     * @param reason why, for the log of its organization
     */
    record Refused(UUID share, String reason) implements ShareAdmission {}

    /** No active organization has such a link. */
    record Unknown() implements ShareAdmission {}
}
