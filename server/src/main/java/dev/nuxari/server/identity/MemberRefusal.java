package dev.nuxari.server.identity;

import dev.nuxari.kernel.ProblemType;

/** Why a membership stays as it is. */
public enum MemberRefusal implements ProblemType {
    NO_SUCH_MEMBER(404, "No such member", "Look at the list of members."),
    NOT_PERMITTED(403, "Your role does not permit this", "Owners and admins change members."),
    OWNER_PROTECTED(403, "Only an owner makes or changes an owner", "Ask an owner."),
    OWN_MEMBERSHIP(
            403,
            "Nobody changes their own role or state",
            "Ask somebody else. An owner may take a lesser role while there is another owner."),
    MEMBER_NOT_ENROLLED(
            409, "The member is not enrolled", "Who is invited or deprovisioned comes in by an invitation first."),
    LAST_OWNER(409, "The organization would have no active owner", "Make somebody else an owner first.");

    private final int status;
    private final String title;
    private final String advice;

    MemberRefusal(int status, String title, String advice) {
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
