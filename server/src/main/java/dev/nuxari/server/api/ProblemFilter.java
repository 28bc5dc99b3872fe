package dev.nuxari.server.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** A filter whose refusals look like those of a controller. */
abstract class ProblemFilter extends OncePerRequestFilter {
    private final HandlerExceptionResolver problems;

    ProblemFilter(HandlerExceptionResolver problems) {
        this.problems = problems;
    }

    /** Looks at the request before anybody else does; answers the one to go on with, empty if it is answered already. */
    abstract Optional<HttpServletRequest> admit(HttpServletRequest request, HttpServletResponse response)
            throws IOException;

    @Override
    protected final void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<HttpServletRequest> admitted;
        try {
            admitted = admit(request, response);
        } catch (RuntimeException e) {
            problems.resolveException(request, response, null, e);
            return;
        }
        if (admitted.isPresent()) {
            proceed(admitted.get(), response, chain);
        }
    }

    void proceed(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
    }

    /** Only what programs ask for; the files of the console are for everybody, and small. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return !path.startsWith("/api/")
                && !path.startsWith("/log/")
                && !path.startsWith("/scim/")
                && !path.startsWith("/agent/")
                && !path.startsWith("/login")
                && !path.startsWith("/logout");
    }
}
