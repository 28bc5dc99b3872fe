package dev.nuxari.server.identity;

import dev.nuxari.kernel.ProblemType;

/** What can be wrong with an identity policy. */
enum IdentityProblem implements ProblemType {
    LOCKS_YOU_OUT(409, "The rules would lock you out");

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
