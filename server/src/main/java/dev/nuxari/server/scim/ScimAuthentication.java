package dev.nuxari.server.scim;

import dev.nuxari.server.api.Callers;
import dev.nuxari.server.api.Strangers;
import dev.nuxari.server.api.Strangers.Guest;
import dev.nuxari.server.api.Turns;
import dev.nuxari.server.api.Turns.Turn;
import dev.nuxari.server.tenancy.Origin;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Names the directory that sends a request. It stands before SCIM's routes only, and nothing else names callers there: a
 * directory's token is of no use anywhere else, and nothing else is of use here.
 */
@Component
@Order(ScimAuthentication.AFTER_THE_HEADERS)
class ScimAuthentication extends OncePerRequestFilter {
    /** The security chain stands at -100 and has written its headers; what limits callers stands at 0. */
    static final int AFTER_THE_HEADERS = -50;

    private static final String BEARER = "Bearer ";

    private final DirectoryDoor door;
    private final Strangers strangers;
    private final Turns turns;
    private final HandlerExceptionResolver problems;

    ScimAuthentication(
            DirectoryDoor door,
            Strangers strangers,
            Turns turns,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.door = door;
        this.strangers = strangers;
        this.turns = turns;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/scim/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<DirectoryToken> token = token(request);
        if (token.isEmpty()) {
            ScimErrors.unauthenticated(response);
            return;
        }
        Optional<Guest<DirectoryClient>> guest;
        try {
            guest = guest(token.get(), new Origin(request.getRemoteAddr(), null));
        } catch (RuntimeException e) {
            problems.resolveException(request, response, null, e);
            return;
        }
        if (guest.isEmpty()) {
            ScimErrors.unauthenticated(response);
            return;
        }
        try (Turn _ = guest.get().turn()) {
            DirectoryClient client = guest.get().who();
            Callers.admit(request, client.caller());
            request.setAttribute(DirectoryClient.class.getName(), client);
            chain.doFilter(request, response);
        }
    }

    private Optional<Guest<DirectoryClient>> guest(DirectoryToken token, Origin origin) {
        return strangers.admit(
                "directory/" + token.hash(), () -> door.admit(token, origin), () -> turns.take(token.organization()));
    }

    /** RFC 6750, section 2.1: the header only, because addresses end up in logs. */
    private static Optional<DirectoryToken> token(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? DirectoryToken.parse(header.substring(BEARER.length()).strip())
                : Optional.empty();
    }
}
