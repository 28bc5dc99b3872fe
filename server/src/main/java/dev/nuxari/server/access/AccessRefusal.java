package dev.nuxari.server.access;

import dev.nuxari.kernel.ProblemType;

/** Why the catalogue or the books stay as they are. */
public enum AccessRefusal implements ProblemType {
    NO_SUCH_ENTITLEMENT(404, "No such entitlement"),
    NO_SUCH_ACCOUNT(404, "No such account"),
    NO_SUCH_OBSERVATION(404, "No such observation"),
    OBSERVATION_NOT_COMPLETED(409, "The observation did not complete"),
    OBSERVATION_SUPERSEDED(409, "A newer observation has taken its place"),
    BASELINE_EXISTS(409, "The approved book is not empty");

    private final int status;
    private final String title;

    AccessRefusal(int status, String title) {
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
