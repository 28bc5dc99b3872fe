package dev.nuxari.server.audit;

import dev.nuxari.kernel.ProblemType;

/** What callers of the log see. */
public enum AuditProblem implements ProblemType {
    NO_SUCH_LOG_ENTRY;

    @Override
    public int status() {
        return 404;
    }

    @Override
    public String title() {
        return "No such log entry";
    }
}
