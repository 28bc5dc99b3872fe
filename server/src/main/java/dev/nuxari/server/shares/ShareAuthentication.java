package dev.nuxari.server.shares;

import dev.nuxari.kernel.ProblemException;
import dev.nuxari.server.api.Callers;
import dev.nuxari.server.api.Strangers;
import dev.nuxari.server.api.Strangers.Guest;
import dev.nuxari.server.api.Turns;
import dev.nuxari.server.api.Turns.Turn;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Origin;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Names the caller of a request that brings the token of a link. It stands before these routes only, and nothing else names
 * callers there: a link is of no use anywhere else, and nothing else is of use here.
 */
@Component
@Order(ShareAuthentication.AFTER_THE_HEADERS)
class ShareAuthentication extends OncePerRequestFilter {
    /** The security chain stands at -100 and has written its headers; what limits callers stands at 0. */
    static final int AFTER_THE_HEADERS = -50;

    private static final String PATH = "/api/v1/share";
    private static final String BEARER = "Bearer ";

    /** Whatever is wrong with a token, this is how long the answer takes: longer than any of the reasons. */
    private static final Duration REFUSALS_TAKE = Duration.ofMillis(250);

    private final Openings openings;
    private final Strangers strangers;
    private final Turns turns;
    private final HandlerExceptionResolver problems;

    ShareAuthentication(
            Openings openings,
            Strangers strangers,
            Turns turns,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.openings = openings;
        this.strangers = strangers;
        this.turns = turns;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        boolean forLinks = path.equals(PATH) || path.startsWith(PATH + "/");
        return !forLinks || request.getHeader(HttpHeaders.AUTHORIZATION) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long since = System.nanoTime();
        Optional<ShareToken> token = token(request);
        Optional<Guest<Caller>> guest;
        try {
            guest = token.flatMap(given -> guest(given, visitor(request)));
        } catch (RuntimeException e) {
            problems.resolveException(request, response, null, e);
            return;
        }
        if (guest.isEmpty()) {
            waitUntil(since + REFUSALS_TAKE.toNanos());
            problems.resolveException(request, response, null, refused());
            return;
        }
        try (Turn _ = guest.get().turn()) {
            Callers.admit(request, guest.get().who());
            chain.doFilter(request, response);
        }
    }

    private Optional<Guest<Caller>> guest(ShareToken token, Visitor visitor) {
        return strangers.admit(
                "share/" + token.hash(), () -> openings.admit(token, visitor), () -> turns.take(token.organization()));
    }

    private static ProblemException refused() {
        return new ProblemException(
                ShareProblem.NO_SUCH_SHARE, "This link opens nothing. Ask whoever gave it to you for another one.");
    }

    /** RFC 6750, section 2.1: the header only, because addresses end up in logs. */
    private static Optional<ShareToken> token(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? ShareToken.parse(header.substring(BEARER.length()).strip())
                : Optional.empty();
    }

    private static Visitor visitor(HttpServletRequest request) {
        String userAgent = request.getHeader(HttpHeaders.USER_AGENT);
        return new Visitor(new Origin(request.getRemoteAddr(), null), userAgent == null ? "" : userAgent);
    }

    private static void waitUntil(long nanoTime) {
        for (long rest = nanoTime - System.nanoTime(); rest > 0; rest = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }
}
