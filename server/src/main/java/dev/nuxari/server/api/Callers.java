package dev.nuxari.server.api;

import dev.nuxari.server.tenancy.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Where the authentication layer leaves the caller of a request. Controllers take a {@link Caller} as an argument. */
public final class Callers {
    private static final String ATTRIBUTE = Caller.class.getName();

    private Callers() {}

    /** Only for the authentication layer. */
    public static void admit(HttpServletRequest request, Caller caller) {
        request.setAttribute(ATTRIBUTE, caller);
    }

    public static Optional<Caller> of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Caller caller ? Optional.of(caller) : Optional.empty();
    }
}
