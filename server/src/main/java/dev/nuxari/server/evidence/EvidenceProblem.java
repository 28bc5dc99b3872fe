package dev.nuxari.server.evidence;

import dev.nuxari.kernel.ProblemType;

/** What callers of the evidence see. */
public enum EvidenceProblem implements ProblemType {
    NO_SUCH_EVIDENCE_PACKAGE;

    @Override
    public int status() {
        return 404;
    }

    @Override
    public String title() {
        return "No such evidence package";
    }
}
