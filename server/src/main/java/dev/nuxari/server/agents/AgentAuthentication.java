package dev.nuxari.server.agents;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.protocol.agent.AgentKey;
import dev.nuxari.protocol.agent.AgentProof;
import dev.nuxari.server.agents.AgentProofs.Verdict;
import dev.nuxari.server.api.ApiProblem;
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
    private static final String RETRY_AFTER_SECONDS = "5";
    private static final String BEARER = "Bearer ";

    private final AgentProofs proofs;
    private final AgentDoor door;
    private final Strangers strangers;
    private final WaitingAgents waiting;
    private final Turns turns;
    private final HandlerExceptionResolver problems;

    AgentAuthentication(
            AgentProofs proofs,
            AgentDoor door,
            Strangers strangers,
            WaitingAgents waiting,
            Turns turns,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.proofs = proofs;
        this.door = door;
        this.strangers = strangers;
        this.waiting = waiting;
        this.turns = turns;
        this.problems = problems;
    }

    /**
     * A token, and what it admits together with a key.
     *
     * @param hash stands for the token where it is remembered
     */
    private record Shown(String text, String hash, OrganizationId organization, Function<AgentKey, Boolean> admits) {
        String with(AgentKey key) {
            return hash + "/" + key.thumbprint();
        }
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/agent/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Turn turn;
        try {
            Shown shown = shown(request).orElseThrow(AgentAuthentication::refused);
            AgentProof proof = proven(shown, request, response);
            if (request.getRequestURI().equals(AgentProtocolController.PACKAGES)) {
                waiting.end(proof.key());
            }
            turn = turn(shown, proof, response);
        } catch (RuntimeException e) {
            problems.resolveException(request, response, null, e);
            return;
        }
        // Whoever waits for packages gives it back: the chain returns then, and the answer comes later.
        try (turn) {
            chain.doFilter(request, response);
        }
    }

    private Turn turn(Shown shown, AgentProof proof, HttpServletResponse response) {
        return strangers
                .admit(
                        shown.with(proof.key()),
                        () -> letIn(shown, proof, response),
                        () -> turns.takeForAgent(shown.organization()))
                .map(Guest::turn)
                .orElseThrow(AgentAuthentication::refused);
    }

    private Optional<AgentProof> letIn(Shown shown, AgentProof proof, HttpServletResponse response) {
        if (!shown.admits().apply(proof.key())) {
            return Optional.empty();
        }
        return switch (proofs.use(proof)) {
            case NEW -> Optional.of(proof);
            case SEEN -> throw refuted(response);
            case FULL -> throw crowded(response);
        };
    }

    private AgentProof proven(Shown shown, HttpServletRequest request, HttpServletResponse response) {
        return switch (proofs.judge(request, shown.text())) {
            case Verdict.Proven(var proof) -> proof;
            case Verdict.SayAgain(String nonce) -> {
                response.setHeader("DPoP-Nonce", nonce);
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "DPoP error=\"use_dpop_nonce\"");
                throw new ProblemException(
                        ApiProblem.UNAUTHENTICATED, "Say it again with the nonce in DPoP-Nonce (RFC 9449, section 8).");
            }
            case Verdict.Refuted _ -> throw refuted(response);
        };
    }

    private static ProblemException refuted(HttpServletResponse response) {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "DPoP error=\"invalid_dpop_proof\"");
        return refused();
    }

    private static ProblemException crowded(HttpServletResponse response) {
        response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return new ProblemException(ApiProblem.UNAVAILABLE, "Too many ask here at the moment.");
    }

    private Optional<Shown> shown(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            return Optional.empty();
        }
        Origin origin = new Origin(request.getRemoteAddr(), null);
        return after(SCHEME, header)
                .flatMap(AgentToken::parse)
                .map(token -> new Shown(
                        token.text(), token.hash(), token.organization(), key -> agent(token, key, origin, request)))
                .or(() -> after(BEARER, header)
                        .flatMap(EnrolmentToken::parse)
                        .map(token -> new Shown(
                                token.text(),
                                token.hash(),
                                token.organization(),
                                key -> host(token, key, origin, request))));
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
