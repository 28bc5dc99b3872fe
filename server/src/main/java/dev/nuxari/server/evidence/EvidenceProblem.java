package dev.nuxari.server.evidence;

import dev.nuxari.kernel.ProblemType;

/** What callers of the evidence see. */
public enum EvidenceProblem implements ProblemType {
    NO_SUCH_EVIDENCE_PACKAGE(404, "No such evidence package"),
    PERIOD_NOT_OVER(422, "The period is not over"),
    PERIOD_TOO_LONG(422, "The period is longer than one collection holds");

    private final int status;
    private final String title;

    EvidenceProblem(int status, String title) {
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
