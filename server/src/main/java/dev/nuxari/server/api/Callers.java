package dev.nuxari.server.api;

import dev.nuxari.server.tenancy.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Where the authentication layer leaves the caller of a request. Controllers take a {@link Caller} as an argument. */
public final class Callers {
    private static final String ATTRIBUTE = Caller.class.getName();

    private static final String STEP_UP = StepUp.class.getName();

    private Callers() {}

    /** Only for the authentication layer. */
    public static void admit(HttpServletRequest request, Caller caller) {
        request.setAttribute(ATTRIBUTE, caller);
    }

    /** The same for a caller who has to show a second factor before sensitive routes. */
    public static void admit(HttpServletRequest request, Caller caller, Optional<StepUp> needed) {
        admit(request, caller);
        needed.ifPresent(stepUp -> request.setAttribute(STEP_UP, stepUp));
    }

    /** What the caller has to show before sensitive routes, if anything. */
    static Optional<StepUp> stepUpOf(HttpServletRequest request) {
        return request.getAttribute(STEP_UP) instanceof StepUp needed ? Optional.of(needed) : Optional.empty();
    }

    public static Optional<Caller> of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Caller caller ? Optional.of(caller) : Optional.empty();
    }
}
