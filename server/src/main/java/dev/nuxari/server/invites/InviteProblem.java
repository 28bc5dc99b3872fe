package dev.nuxari.server.invites;

import dev.nuxari.kernel.ProblemType;

/** Why nobody is invited, or an invitation stays as it is. */
enum InviteProblem implements ProblemType {
    NO_SUCH_INVITE(404, "No such invitation", "Look at the list of invitations."),
    INVITE_MAKES_NO_OWNER(
            403,
            "No invitation makes an owner",
            "Invite them as an admin; an owner makes them an owner when they are a member."),
    EMAIL_DOMAIN_NOT_ALLOWED(
            409,
            "The organization enrols nobody from this domain",
            "Owners and admins change the domains among the sign-in rules."),
    ALREADY_A_MEMBER(
            409, "There is a member with this address", "Look at the list of members; a suspended one can come back."),
    INVITE_ALREADY_OPEN(
            409, "There is an open invitation for this address", "Send that one again, or revoke it and invite anew."),
    INVITE_SETTLED(409, "The invitation has been accepted or revoked", "Invite anew."),
    MAIL_NOT_CONFIGURED(
            409,
            "This installation sends no mails",
            "Whoever runs it has to set nuxari.mail.host and nuxari.mail.from. An invitation proves an address by a mail."),
    INVITE_SENT_TOO_SOON(
            429,
            "The invitation was sent a moment ago",
            "It is sent once in five minutes at most. Look into the spam folder."),
    TOO_MANY_INVITES(
            429,
            "The organization has sent a hundred invitations within an hour",
            "Wait until some are older than that."),
    INVITE_OPENS_NOTHING(
            404,
            "This invitation opens nothing",
            "It may have expired, been used or revoked, or been sent again since. Ask whoever invited you.");

    private final int status;
    private final String title;
    private final String advice;

    InviteProblem(int status, String title, String advice) {
        this.status = status;
        this.title = title;
        this.advice = advice;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }

    /** What to do about it. */
    String advice() {
        return advice;
    }
}
