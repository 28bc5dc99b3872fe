package dev.nuxari.server.identity;

import com.google.common.cache.CacheBuilder;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.server.api.ApiProblem;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cache.concurrent.ConcurrentMapCache;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.jwt.DPoPProofContext;
import org.springframework.security.oauth2.jwt.DPoPProofJwtDecoderFactory;
import org.springframework.security.oauth2.jwt.DPoPProofReplayValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuedAtValidator;
import org.springframework.stereotype.Component;

/**
 * That whoever shows a token holds the key it was given for (DPoP, RFC 9449): a token of that kind is of no use to somebody who
 * finds it in a log. Each request brings a proof of its own: for its method and address, of this moment, and only once on a node.
 */
@Component
class ProofsOfPossession {
    static final String HEADER = "DPoP";
    private static final Logger log = LoggerFactory.getLogger(ProofsOfPossession.class);
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final int REMEMBERED = 100_000;
    private static final int LONGEST = 4_096;

    private final DPoPProofJwtDecoderFactory decoders = new DPoPProofJwtDecoderFactory();
    private final PublicAddress address;

    ProofsOfPossession(PublicAddress address, InstantSource source) {
        this.address = address;
        Clock clock = source.withZone(ZoneOffset.UTC);
        var issued = new JwtIssuedAtValidator(true);
        issued.setClockSkew(SKEW);
        issued.setClock(clock);
        // Until nobody takes the proof any more, whatever the two clocks say.
        var seen = CacheBuilder.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(SKEW.multipliedBy(3))
                .<Object, Object>build();
        var once = new DPoPProofReplayValidator(new ConcurrentMapCache("proofs", seen.asMap(), false));
        once.setClockSkew(SKEW);
        once.setClock(clock);
        decoders.setJwtValidatorFactory(
                DPoPProofJwtDecoderFactory.createDefaultJwtValidatorFactory(List.of(issued, once)));
    }

    /** A token that has been verified, with the thumbprint of its key where the library looks for it. */
    private record Bound(String value, String thumbprint) implements OAuth2Token, ClaimAccessor {
        @Override
        public String getTokenValue() {
            return value;
        }

        @Override
        public @Nullable Instant getIssuedAt() {
            return null;
        }

        @Override
        public @Nullable Instant getExpiresAt() {
            return null;
        }

        @Override
        public Map<String, Object> getClaims() {
            return Map.of("cnf", Map.of("jkt", thumbprint));
        }
    }

    /**
     * Looks at the proof of a request.
     *
     * @param thumbprint of the key that the token was given for (RFC 7638)
     * @throws ProblemException {@code unauthenticated} if there is none, or it is not good
     */
    void check(HttpServletRequest request, String token, String thumbprint) {
        List<String> proofs = Collections.list(request.getHeaders(HEADER));
        if (proofs.size() != 1 || proofs.getFirst().length() > LONGEST) {
            throw refused();
        }
        DPoPProofContext context = DPoPProofContext.withDPoPProof(proofs.getFirst())
                .accessToken(new Bound(token, thumbprint))
                .method(request.getMethod())
                .targetUri(target(request))
                .build();
        try {
            decoders.createDecoder(context).decode(proofs.getFirst());
        } catch (JwtException | IllegalArgumentException e) {
            log.debug("a proof of possession was refused", e);
            throw refused();
        }
    }

    /** As browsers and programs are told to reach the server: what a request says of its host, its sender has chosen. */
    private String target(HttpServletRequest request) {
        String base = address.baseUrl().toString();
        return base.substring(0, base.length() - 1) + request.getRequestURI();
    }

    private ProblemException refused() {
        return new ProblemException(
                ApiProblem.UNAUTHENTICATED,
                "The token wants a proof for each request (DPoP, RFC 9449): of this moment, not used before, for an address"
                        + " that begins with " + address.baseUrl() + ".");
    }
}
