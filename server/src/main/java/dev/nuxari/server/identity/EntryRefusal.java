package dev.nuxari.server.identity;

import dev.nuxari.kernel.ProblemException;
import dev.nuxari.server.api.ApiProblem;
import dev.nuxari.server.api.StepUp;
import java.util.Optional;

/** Why a member is not let in, although they are one. In the order in which it is said. */
public enum EntryRefusal {
    SIGN_IN_TOO_OLD(
            ApiProblem.UNAUTHENTICATED, "You signed in longer ago than your organization permits. Sign in again."),
    IDLE(ApiProblem.UNAUTHENTICATED, "Nothing came from you for longer than your organization permits. Sign in again."),
    ADDRESS(
            ApiProblem.ADDRESS_NOT_ALLOWED,
            "Your network address is outside of the networks that your organization permits. Use one of them, or ask its"
                    + " administrators."),
    METHOD(
            ApiProblem.LOGIN_METHOD_NOT_ALLOWED,
            "Your organization does not accept the way in which you signed in. Sign in another way."),
    MFA(ApiProblem.MFA_REQUIRED, "Your organization demands a second factor. Sign in with one.");

    private final ApiProblem problem;
    private final String detail;

    EntryRefusal(ApiProblem problem, String detail) {
        this.problem = problem;
        this.detail = detail;
    }

    /** Whether what was signed in with is over. */
    boolean endsTheSession() {
        return problem == ApiProblem.UNAUTHENTICATED;
    }

    String title() {
        return problem.title();
    }

    int status() {
        return problem.status();
    }

    String detail() {
        return detail;
    }

    RuntimeException asProblem() {
        return this == MFA
                ? new StepUp(Optional.empty()).required(problem, detail)
                : new ProblemException(problem, detail);
    }
}
