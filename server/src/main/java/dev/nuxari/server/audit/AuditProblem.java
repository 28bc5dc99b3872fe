package dev.nuxari.server.audit;

import dev.nuxari.kernel.ProblemType;

/** What callers of the log see. */
public enum AuditProblem implements ProblemType {
    NO_SUCH_LOG_ENTRY(404, "No such log entry"),
    EVENT_TOO_LARGE(422, "There is more to record than one event holds"),
    EXPORT_TOO_LARGE(422, "There is more than one export holds"),
    LOG_KEY_ROTATED(409, "The log key was rotated meanwhile");

    private final int status;
    private final String title;

    AuditProblem(int status, String title) {
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
