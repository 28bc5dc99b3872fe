package dev.nuxari.server.domains;

import dev.nuxari.kernel.ProblemType;

/** Why a domain is not added or not looked at. */
public enum DomainProblem implements ProblemType {
    NO_SUCH_DOMAIN(404, "No such domain"),
    DOMAIN_ALREADY_ADDED(409, "The organization has this domain already"),
    TOO_MANY_DOMAINS(409, "The organization has as many domains as it may have"),
    DOMAIN_CHECKED_TOO_SOON(429, "The domain was looked at a moment ago");

    private final int status;
    private final String title;

    DomainProblem(int status, String title) {
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
