package dev.nuxari.server.identity;

import dev.nuxari.kernel.ProblemException;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.server.api.ApiProblem;
import dev.nuxari.server.api.DependencyDown;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Component;

/**
 * Verifies bearer tokens. A verdict is remembered until the token expires, because a signature costs more than the rest of a
 * request; whether the member is still one is asked every time, elsewhere.
 */
@Component
class Tokens {
    private static final Logger log = LoggerFactory.getLogger(Tokens.class);
    private static final int REMEMBERED = 10_000;
    private static final int LONGEST = 16_384;

    private final ConcurrentMap<String, SignedIn> verified = new ConcurrentHashMap<>();
    private final Broker broker;
    private final InstantSource clock;

    Tokens(Broker broker, InstantSource clock) {
        this.broker = broker;
        this.clock = clock;
    }

    /**
     * Answers what the token says.
     *
     * @throws ProblemException {@code unauthenticated} if it is not good, without telling why
     */
    SignedIn verify(String token) {
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
        return new ProblemException(ApiProblem.UNAUTHENTICATED, "The bearer token is not valid, or has expired.");
    }
}
