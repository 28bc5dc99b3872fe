package dev.nuxari.server.invites;

/** What became of an invitation that was to be made or changed. */
sealed interface InviteRuling {
    record Accepted(Invite invite) implements InviteRuling {}

    record Refused(InviteProblem why) implements InviteRuling {}
}
