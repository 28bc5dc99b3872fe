package dev.nuxari.server.requests;

import dev.nuxari.kernel.ProblemType;

/** Why something cannot be asked for, or not be taken back. */
public enum RequestRefusal implements ProblemType {
    NO_SUCH_REQUEST(404, "No such request", "No request of yours answers to this id."),
    NO_SUCH_ENTITLEMENT(404, "No such entitlement", "Look for the entitlement in the catalogue again."),
    NO_SUCH_ACCOUNT(404, "No such account", "Look for the account again."),
    NO_ACCOUNT_IN_SYSTEM(
            422, "No account of yours in this system", "Name the account, or have one made and the system observed."),
    SEVERAL_ACCOUNTS_IN_SYSTEM(
            422, "Several accounts of yours in this system", "Name the account whose access is to change."),
    NOT_PERMITTED(
            403,
            "Your role does not permit this",
            "You can ask for your own accounts, and take back what you asked for."),
    ENTITLEMENT_OF_ANOTHER_SYSTEM(
            422, "The entitlement belongs to another system", "Name an account of the entitlement's own system."),
    ENTITLEMENT_ABSENT(
            409,
            "The system does not have this entitlement any more",
            "Choose one that was seen at the last observation."),
    ACCOUNT_ABSENT(
            409, "The system does not have this account any more", "Choose one that was seen at the last observation."),
    ACCOUNT_DISABLED(409, "The account is disabled", "A disabled account is granted nothing and disabled only once."),
    ALREADY_HELD(409, "The account holds this entitlement already", "There is nothing to ask for."),
    NOT_HELD(409, "The account does not hold this entitlement", "There is nothing to take away."),
    SECRET_IN_PLAN(
            422, "A name in the plan looks like a secret", "Rename the account or the entitlement in its system."),
    REQUEST_SETTLED(409, "The request is not open any more", "What was decided or taken back stays so.");

    private final int status;
    private final String title;
    private final String advice;

    RequestRefusal(int status, String title, String advice) {
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
