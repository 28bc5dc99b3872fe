package dev.nuxari.server.shares;

import dev.nuxari.kernel.ProblemType;

/** What members see who look for a link, and what strangers see whose link opens nothing. */
public enum ShareProblem implements ProblemType {
    NO_SUCH_SHARE(404, "No such link");

    private final int status;
    private final String title;

    ShareProblem(int status, String title) {
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
