package dev.nuxari.server.agents;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.protocol.agent.AgentKey;
import dev.nuxari.server.agents.AgentProofs.Verdict;
import dev.nuxari.server.api.ApiProblem;
import dev.nuxari.server.api.Callers;
import dev.nuxari.server.api.Turns;
import dev.nuxari.server.api.Turns.Turn;
import dev.nuxari.server.tenancy.Origin;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Names the agent that sends a request. It stands before the agents' routes only, and nothing else names callers there: an agent's token is
 * of no use anywhere else, and nothing else is of use here.
 */
@Component
@Order(AgentAuthentication.AFTER_THE_HEADERS)
class AgentAuthentication extends OncePerRequestFilter {
    /** The security chain stands at -100 and has written its headers; what limits callers stands at 0. */
    static final int AFTER_THE_HEADERS = -50;

    private static final String SCHEME = "DPoP ";
    private static final String BEARER = "Bearer ";

    private final AgentProofs proofs;
    private final AgentDoor door;
    private final Turns turns;
    private final HandlerExceptionResolver problems;

    AgentAuthentication(
            AgentProofs proofs,
            AgentDoor door,
            Turns turns,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.proofs = proofs;
        this.door = door;
        this.turns = turns;
        this.problems = problems;
    }

    /** A token, and what it admits together with a key. */
    private record Shown(String text, OrganizationId organization, Function<AgentKey, Boolean> admits) {}

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/agent/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Turn> turn = Optional.empty();
        try {
            Shown shown = shown(request).orElseThrow(AgentAuthentication::refused);
            AgentKey key = proven(shown, request, response);
            turn = Optional.of(turns.takeForAgent(shown.organization()));
            if (!shown.admits().apply(key)) {
                throw refused();
            }
        } catch (RuntimeException e) {
            turn.ifPresent(Turn::close);
            problems.resolveException(request, response, null, e);
            return;
        }
        // Whoever waits for packages gives it back: the chain returns then, and the answer comes later.
        try (Turn held = turn.orElseThrow()) {
            chain.doFilter(request, response);
        }
    }

    private AgentKey proven(Shown shown, HttpServletRequest request, HttpServletResponse response) {
        return switch (proofs.judge(request, shown.text())) {
            case Verdict.Proven(var proof) -> proof.key();
            case Verdict.SayAgain(String nonce) -> {
                response.setHeader("DPoP-Nonce", nonce);
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "DPoP error=\"use_dpop_nonce\"");
                throw new ProblemException(
                        ApiProblem.UNAUTHENTICATED, "Say it again with the nonce in DPoP-Nonce (RFC 9449, section 8).");
            }
            case Verdict.Refuted _ -> {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "DPoP error=\"invalid_dpop_proof\"");
                throw refused();
            }
            case Verdict.Crowded _ -> throw new ProblemException(ApiProblem.UNAVAILABLE, "Ask again in a minute.");
        };
    }

    private Optional<Shown> shown(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            return Optional.empty();
        }
        Origin origin = new Origin(request.getRemoteAddr(), null);
        return after(SCHEME, header)
                .flatMap(AgentToken::parse)
                .map(token -> new Shown(token.text(), token.organization(), key -> agent(token, key, origin, request)))
                .or(() -> after(BEARER, header)
                        .flatMap(EnrolmentToken::parse)
                        .map(token -> new Shown(
                                token.text(), token.organization(), key -> host(token, key, origin, request))));
    }

    private boolean agent(AgentToken token, AgentKey key, Origin origin, HttpServletRequest request) {
        Optional<AgentClient> client = door.admit(token, key, origin);
        client.ifPresent(known -> {
            Callers.admit(request, known.caller());
            request.setAttribute(AgentClient.class.getName(), known);
        });
        return client.isPresent();
    }

    private boolean host(EnrolmentToken token, AgentKey key, Origin origin, HttpServletRequest request) {
        Optional<EnrollingHost> host = door.admit(token, key, origin);
        host.ifPresent(known -> {
            Callers.admit(request, known.caller());
            request.setAttribute(EnrollingHost.class.getName(), known);
        });
        return host.isPresent();
    }

    private static Optional<String> after(String scheme, String header) {
        return header.regionMatches(true, 0, scheme, 0, scheme.length())
                ? Optional.of(header.substring(scheme.length()).strip())
                : Optional.empty();
    }

    private static ProblemException refused() {
        return new ProblemException(
                ApiProblem.UNAUTHENTICATED,
                "The token opens nothing here, or the proof of its key (DPoP) is not good.");
    }
}
