package dev.nuxari.server.invites;

/** Why an invitation lets somebody not in, who has signed in to accept it. */
enum AcceptanceRefusal {
    NOT_OPEN(
            "The invitation is over",
            "It has expired, or was used, revoked or sent again in the meantime. Ask whoever invited you."),
    INVITER_NOT_PERMITTED(
            "The invitation is over",
            "Whoever invited you may not do so any more. Ask the organization's administrators."),
    DOMAIN_NOT_ALLOWED(
            "The invitation is over",
            "The organization takes nobody from the domain of your address any more. Ask its administrators."),
    ADDRESS_NOT_VERIFIED(
            "Your e-mail address is not verified",
            "Your account has not shown that its address is yours, and the invitation is for an address. Nothing has changed."),
    OTHER_ACCOUNT(
            "The invitation is for somebody else",
            "You signed in with an account of another address than the one it was sent to. Nothing has changed."
                    + " Sign in with the other account, and open the link of the mail again."),
    OTHER_PROVIDER(
            "Not with this sign-in",
            "You signed in through another organization's sign-in page, which speaks for that organization only. Nothing has"
                    + " changed. Ask to be invited by an address with which you sign in by yourself."),
    OTHER_ORGANIZATION(
            "Not with this account",
            "Another organization made your account and looks after it. Nothing has changed. Open the link of the mail again when"
                    + " it has let you go, or ask to be invited by another address."),
    MEMBER_ALREADY("You are a member already", "The invitation was not needed. Sign in again.");

    private final String title;
    private final String text;

    AcceptanceRefusal(String title, String text) {
        this.title = title;
        this.text = text;
    }

    String title() {
        return title;
    }

    String text() {
        return text;
    }
}
