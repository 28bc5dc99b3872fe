package dev.nuxari.server.identity;

import dev.nuxari.kernel.ProblemException;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.server.api.ApiProblem;
import dev.nuxari.server.api.DependencyDown;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Component;

/**
 * Verifies access tokens. A verdict is remembered until the token expires, because a signature costs more than the rest of a
 * request; whether the member is still one is asked every time, elsewhere.
 */
@Component
class Tokens {
    private static final Logger log = LoggerFactory.getLogger(Tokens.class);
    private static final int REMEMBERED = 10_000;
    private static final int LONGEST = 16_384;
    private static final String BEARER = "Bearer ";
    private static final String DPOP = "DPoP ";

    private final ConcurrentMap<String, SignedIn> verified = new ConcurrentHashMap<>();
    private final Broker broker;
    private final ProofsOfPossession possession;
    private final InstantSource clock;

    Tokens(Broker broker, ProofsOfPossession possession, InstantSource clock) {
        this.broker = broker;
        this.possession = possession;
        this.clock = clock;
    }

    /**
     * Answers what the token of a request says; empty if it brings none.
     *
     * @throws ProblemException {@code unauthenticated} if the token is not good, without telling why, or the proof that it wants
     */
    Optional<SignedIn> shownBy(HttpServletRequest request) {
        Optional<String> bound = token(request, DPOP);
        return bound.isEmpty()
                ? token(request, BEARER).map(this::unbound)
                : bound.map(token -> possessed(request, token));
    }

    /** RFC 6750, section 2.1, and RFC 9449, section 7.1: the header only, because addresses and bodies end up in logs. */
    private static Optional<String> token(HttpServletRequest request, String scheme) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, scheme, 0, scheme.length())) {
            return Optional.empty();
        }
        String token = header.substring(scheme.length());
        if (token.isBlank()) {
            throw new ProblemException(ApiProblem.UNAUTHENTICATED, "The Authorization header cannot be read.");
        }
        return Optional.of(token);
    }

    /** Without its proof, a token that is bound to a key is what somebody may have found. */
    private SignedIn unbound(String token) {
        SignedIn signedIn = read(token);
        if (signedIn.keyThumbprint() != null) {
            throw refused();
        }
        return signedIn;
    }

    private SignedIn possessed(HttpServletRequest request, String token) {
        SignedIn signedIn = read(token);
        String thumbprint = signedIn.keyThumbprint();
        if (thumbprint == null) {
            throw refused();
        }
        possession.check(request, token, thumbprint);
        return signedIn;
    }

    private SignedIn read(String token) {
        if (token.length() > LONGEST) {
            throw refused();
        }
        String hash = Sha256.hexOf(token.getBytes(StandardCharsets.US_ASCII));
        Instant now = clock.instant();
        return Optional.ofNullable(verified.get(hash))
                .filter(known -> known.expiresAt().isAfter(now))
                .orElseGet(() -> remember(hash, decode(token), now));
    }

    private SignedIn decode(String token) {
        try {
            return SignedIn.of(broker.verify(token));
        } catch (BadJwtException | IllegalArgumentException e) {
            log.debug("a bearer token was refused", e);
            throw refused();
        } catch (JwtException e) {
            throw new DependencyDown("a bearer token cannot be verified: " + e.getMessage(), e);
        }
    }

    private SignedIn remember(String hash, SignedIn signedIn, Instant now) {
        if (verified.size() >= REMEMBERED) {
            verified.values().removeIf(known -> !known.expiresAt().isAfter(now));
        }
        if (verified.size() >= REMEMBERED) {
            verified.clear();
        }
        verified.put(hash, signedIn);
        return signedIn;
    }

    private static ProblemException refused() {
        return new ProblemException(ApiProblem.UNAUTHENTICATED, "The access token is not valid, or has expired.");
    }
}
