package dev.nuxari.server.tenancy;

import dev.nuxari.kernel.ProblemType;

/** What callers see of the walls: nothing but an unknown address. */
public enum TenancyProblem implements ProblemType {
    NO_SUCH_ORGANIZATION;

    @Override
    public int status() {
        return 404;
    }

    @Override
    public String title() {
        return "No such organization";
    }
}
