package dev.nuxari.server.identity;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.server.api.ApiProblem;
import dev.nuxari.server.api.Callers;
import dev.nuxari.server.api.Turns;
import dev.nuxari.server.api.Turns.Turn;
import dev.nuxari.server.identity.Authentication.OpenSession;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Names the caller of a request: from a bearer token, or from the session cookie of a browser. That the caller is still a
 * member, and in which role, is read anew each time. Whether they may is asked later, by the table of routes.
 */
class AuthenticationFilter extends OncePerRequestFilter {
    static final String CSRF_HEADER = "X-CSRF-Token";
    private static final String ORGANIZATIONS = "/api/v1/organizations/";
    private static final String LINKS = "/api/v1/share";
    private static final String INVITATIONS = "/api/v1/invite";
    private static final String LOG = "/log/";
    private static final int UUID_LENGTH = 36;
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final Tokens tokens;
    private final Sessions sessions;
    private final Cookies cookies;
    private final Entries entries;
    private final EntryWitness witness;
    private final Turns turns;
    private final HandlerExceptionResolver problems;

    AuthenticationFilter(
            Tokens tokens,
            Sessions sessions,
            Cookies cookies,
            Entries entries,
            EntryWitness witness,
            Turns turns,
            HandlerExceptionResolver problems) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.cookies = cookies;
        this.entries = entries;
        this.witness = witness;
        this.turns = turns;
        this.problems = problems;
    }

    /** What a request brings to show who sent it, and the organization that it is for. */
    private sealed interface Proof {
        OrganizationId organization();
    }

    private record Token(SignedIn signedIn, OrganizationId organization) implements Proof {}

    private record Cookie(SessionSecret secret) implements Proof {
        @Override
        public OrganizationId organization() {
            return secret.organization();
        }
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return isForLinks(path) || (!path.startsWith("/api/") && !path.equals("/logout") && !path.startsWith(LOG));
    }

    /**
     * Share links have a filter of their own, and what they open is nowhere else. An invitation is for whoever holds it; who is
     * signed in to the browser beside it has nothing to do with it.
     */
    private static boolean isForLinks(String path) {
        return Stream.of(LINKS, INVITATIONS).anyMatch(link -> path.equals(link) || path.startsWith(link + "/"));
    }

    /** The organization's turn comes before anything that costs the database something, its members' names included. */
    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Proof> proof;
        Optional<Turn> turn;
        try {
            proof = proof(request);
            turn = proof.map(given -> turns.take(given.organization()));
        } catch (RuntimeException e) {
            problems.resolveException(request, response, null, e);
            return;
        }
        try {
            if (isNamed(request, response, proof)) {
                // Whoever only names an organization has no part of its share.
                if (Callers.of(request).isEmpty()) {
                    turn.ifPresent(Turn::close);
                }
                chain.doFilter(request, response);
            }
        } finally {
            turn.ifPresent(Turn::close);
        }
    }

    /** Answers false if the request was refused, and is answered. */
    private boolean isNamed(HttpServletRequest request, HttpServletResponse response, Optional<Proof> proof) {
        try {
            proof.ifPresent(given -> name(request, given));
            return true;
        } catch (RuntimeException e) {
            problems.resolveException(request, response, null, e);
            return false;
        }
    }

    private void name(HttpServletRequest request, Proof proof) {
        switch (proof) {
            case Token token -> byToken(request, token);
            case Cookie(SessionSecret secret) ->
                sessions.find(secret).ifPresent(open -> bySession(request, open, secret));
        }
    }

    /** A signature is verified here; nothing is looked up. */
    private Optional<Proof> proof(HttpServletRequest request) {
        Optional<SignedIn> shown = tokens.shownBy(request);
        if (shown.isEmpty()) {
            return cookies.session(request).flatMap(sessions::recognize).map(Cookie::new);
        }
        SignedIn signedIn = shown.get();
        if (signedIn.organizations().isEmpty()) {
            throw new ProblemException(
                    ApiProblem.NOT_A_MEMBER,
                    "The identity broker names no organization for you. Ask for an invitation.");
        }
        return Optional.of(new Token(signedIn, asked(request, signedIn.organizations())));
    }

    private void byToken(HttpServletRequest request, Token token) {
        SignedIn signedIn = token.signedIn();
        Assurance assurance = signedIn.assurance();
        switch (entries.at(token.organization(), signedIn, request.getRemoteAddr())) {
            case Entry.Unknown _ -> throw notAMember();
            case Entry.Refused refused -> throw refuse(refused, assurance);
            case Entry.Admitted admitted ->
                remember(
                        request,
                        admitted,
                        new Authentication(admitted.caller(), assurance, signedIn.organizations(), null));
        }
    }

    private void bySession(HttpServletRequest request, Session session, SessionSecret secret) {
        if (!SAFE.contains(request.getMethod())) {
            String sent = request.getHeader(CSRF_HEADER);
            if (sent == null || !secret.hasCsrfToken(sent)) {
                throw new ProblemException(
                        ApiProblem.CSRF_TOKEN_MISSING, "Send the header X-CSRF-Token with what /api/v1/me handed out.");
            }
        }
        Assurance assurance = session.assurance();
        switch (entries.at(session.organization(), session.subject(), request.getRemoteAddr(), assurance)) {
            case Entry.Unknown _ -> throw notAMember();
            case Entry.Refused refused -> {
                if (refused.why().endsTheSession()) {
                    sessions.expire(session, refused.caller().origin());
                }
                throw refuse(refused, assurance);
            }
            case Entry.Admitted admitted -> {
                sessions.seen(session, admitted.caller());
                remember(
                        request,
                        admitted,
                        new Authentication(
                                admitted.caller(),
                                assurance,
                                List.of(session.organization()),
                                new OpenSession(session, secret)));
            }
        }
    }

    private RuntimeException refuse(Entry.Refused refused, Assurance assurance) {
        witness.saw(refused, assurance);
        return refused.why().asProblem();
    }

    private static ProblemException notAMember() {
        return new ProblemException(
                ApiProblem.NOT_A_MEMBER,
                "You are signed in, but not an active member of this organization. Ask its administrators.");
    }

    private static void remember(HttpServletRequest request, Entry.Admitted admitted, Authentication authentication) {
        Callers.admit(request, admitted.caller(), admitted.stepUp());
        request.setAttribute(Authentication.ATTRIBUTE, authentication);
    }

    /**
     * The organization that the path asks for, if the broker signed it; else the first one signed, so that the middleware
     * sees the difference.
     */
    private static OrganizationId asked(HttpServletRequest request, List<OrganizationId> signed) {
        return organizationAfter(ORGANIZATIONS, request)
                .or(() -> organizationAfter(LOG, request))
                .filter(signed::contains)
                .orElse(signed.getFirst());
    }

    private static Optional<OrganizationId> organizationAfter(String prefix, HttpServletRequest request) {
        String path = request.getRequestURI();
        int end = prefix.length() + UUID_LENGTH;
        if (!path.startsWith(prefix) || path.length() < end) {
            return Optional.empty();
        }
        try {
            return Optional.of(new OrganizationId(UUID.fromString(path.substring(prefix.length(), end))));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
