package dev.nuxari.server.federation;

import dev.nuxari.kernel.ProblemType;

/** Why an identity provider is not what somebody wants it to be. */
public enum ProviderProblem implements ProblemType {
    NO_SUCH_IDENTITY_PROVIDER(404, "No such identity provider"),
    IDENTITY_PROVIDER_NOT_ADDED(409, "The name is taken, or there are as many identity providers as there may be"),
    IDENTITY_PROVIDER_NOT_READY(409, "The identity provider cannot be enabled as it is");

    private final int status;
    private final String title;

    ProviderProblem(int status, String title) {
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
