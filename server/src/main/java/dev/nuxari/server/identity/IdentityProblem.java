package dev.nuxari.server.identity;

import dev.nuxari.kernel.ProblemType;

/** What can be wrong with an identity policy, with a session, or with a lock. */
enum IdentityProblem implements ProblemType {
    LOCKS_YOU_OUT(409, "The rules would lock you out"),
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
