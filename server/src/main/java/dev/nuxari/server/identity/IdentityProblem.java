package dev.nuxari.server.identity;

import dev.nuxari.kernel.ProblemType;

/** What can be wrong with an identity policy, with a session, with what one signs in with, or with a lock. */
enum IdentityProblem implements ProblemType {
    LOCKS_YOU_OUT(409, "The rules would lock you out"),
    LAST_SECOND_FACTOR(409, "It is your last second factor"),
    LAST_WAY_IN(409, "It is your only way to sign in"),
    NO_SUCH_CREDENTIAL(404, "No such passkey or authenticator app"),
    NO_SUCH_SESSION(404, "No such session"),
    UNLOCKED_TOO_SOON(429, "A lock of this member was ended a moment ago");

    private final int status;
    private final String title;

    IdentityProblem(int status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
