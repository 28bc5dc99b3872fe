package dev.nuxari.server.identity;

import dev.nuxari.server.api.DependencyDown;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;

/**
 * What the server knows of the identity broker. It is asked when first needed, so that the server starts before the broker
 * does; as long as it does not answer, whoever needs it hears so.
 */
@Component
class Broker implements ClientRegistrationRepository, JwtDecoderFactory<ClientRegistration> {
    static final String REGISTRATION = "keycloak";
    static final String CALLBACK = "/login/oauth2/code/" + REGISTRATION;
    static final Duration CLOCK_SKEW = Duration.ofSeconds(10);
    private static final String LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final Duration LOGOUT_VALID_FOR = Duration.ofMinutes(5);

    private final OidcConfig config;
    private final InstantSource clock;
    private final URI baseUrl;
    private final Lazy<ClientRegistration> registration = new Lazy<>(this::register);
    private final Lazy<JwtDecoder> accessTokens = new Lazy<>(this::accessTokenDecoder);
    private final Lazy<JwtDecoder> idTokens = new Lazy<>(this::idTokenDecoder);
    private final Lazy<JwtDecoder> logoutTokens = new Lazy<>(this::logoutTokenDecoder);

    Broker(OidcConfig config, PublicAddress address, InstantSource clock) {
        this.config = config;
        this.baseUrl = address.baseUrl();
        this.clock = clock;
    }

    /**
     * Verifies an access token: signature, issuer, audience, time, kind, and to whom it was given.
     *
     * @throws org.springframework.security.oauth2.jwt.JwtException if it is not good
     * @throws DependencyDown if the broker's keys cannot be had
     */
    Jwt verify(String accessToken) {
        return accessTokens.get().decode(accessToken);
    }

    /**
     * Verifies a logout token (OpenID Connect Back-Channel Logout 1.0, section 2.6).
     *
     * @throws org.springframework.security.oauth2.jwt.JwtException if it is not good
     * @throws DependencyDown if the broker's keys cannot be had
     */
    Jwt verifyLogout(String logoutToken) {
        return logoutTokens.get().decode(logoutToken);
    }

    @Override
    public ClientRegistration findByRegistrationId(String registrationId) {
        return registration.get();
    }

    @Override
    public JwtDecoder createDecoder(ClientRegistration client) {
        return idTokens.get();
    }

    private ClientRegistration register() {
        return ClientRegistrations.fromIssuerLocation(config.issuer().toString())
                .registrationId(REGISTRATION)
                .clientId(config.clientId())
                .clientSecret(config.clientSecret())
                .redirectUri(baseUrl.resolve(CALLBACK).toString())
                .scope("openid", "organization")
                .build();
    }

    private JwtDecoder accessTokenDecoder() {
        NimbusJwtDecoder decoder = decoder();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                timestamps(),
                new JwtIssuerValidator(config.issuer().toString()),
                new JwtClaimValidator<Collection<String>>(
                        JwtClaimNames.AUD, audience -> audience != null && audience.contains(config.audience())),
                new JwtClaimValidator<String>("azp", config::isOurs),
                Broker::ofItsKind));
        return decoder;
    }

    private JwtDecoder logoutTokenDecoder() {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withIssuerLocation(
                        config.issuer().toString())
                .validateType(false)
                .build();
        JwtTypeValidator types = new JwtTypeValidator("logout+jwt", "JWT");
        types.setAllowEmpty(true);
        JwtTimestampValidator times = new JwtTimestampValidator(CLOCK_SKEW);
        times.setClock(ticking());
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                types,
                times,
                new JwtIssuerValidator(config.issuer().toString()),
                new JwtClaimValidator<Collection<String>>(
                        JwtClaimNames.AUD, audience -> audience != null && audience.contains(config.clientId())),
                new JwtClaimValidator<Map<String, Object>>(
                        "events", events -> events != null && events.get(LOGOUT_EVENT) instanceof Map<?, ?>),
                Broker::withoutNonce,
                new JwtClaimValidator<String>(JwtClaimNames.JTI, id -> id != null && !id.isBlank()),
                new JwtClaimValidator<Instant>(JwtClaimNames.IAT, this::isRecent)));
        return decoder;
    }

    /** Keycloak says so in the body; the header is the same for what refreshes and what identifies. */
    private static OAuth2TokenValidatorResult ofItsKind(Jwt token) {
        String kind = token.hasClaim("cnf") ? "DPoP" : "Bearer";
        return kind.equals(token.getClaims().get("typ"))
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN));
    }

    /** So that no ID token passes for one. */
    private static OAuth2TokenValidatorResult withoutNonce(Jwt token) {
        return token.hasClaim("nonce")
                ? OAuth2TokenValidatorResult.failure(new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN))
                : OAuth2TokenValidatorResult.success();
    }

    private boolean isRecent(@Nullable Instant issuedAt) {
        Instant now = clock.instant();
        return issuedAt != null
                && issuedAt.isAfter(now.minus(LOGOUT_VALID_FOR))
                && issuedAt.isBefore(now.plus(CLOCK_SKEW));
    }

    private JwtDecoder idTokenDecoder() {
        var validator = new OidcIdTokenValidator(registration.get());
        validator.setClockSkew(CLOCK_SKEW);
        validator.setClock(ticking());
        NimbusJwtDecoder decoder = decoder();
        decoder.setJwtValidator(validator);
        return decoder;
    }

    private NimbusJwtDecoder decoder() {
        return NimbusJwtDecoder.withIssuerLocation(config.issuer().toString()).build();
    }

    private OAuth2TokenValidator<Jwt> timestamps() {
        var validator = new JwtTimestampValidator(CLOCK_SKEW);
        validator.setAllowEmptyExpiryClaim(false);
        validator.setClock(ticking());
        return validator;
    }

    /** The library asks for a {@link Clock}; ours is only an {@link InstantSource}. */
    private Clock ticking() {
        return clock.withZone(ZoneOffset.UTC);
    }

    /** Made once, when it can be made. One caller asks the broker, the others wait for the answer. */
    private static final class Lazy<T> {
        private final ReentrantLock asking = new ReentrantLock();
        private final Supplier<T> source;
        private volatile @Nullable T value;

        private Lazy(Supplier<T> source) {
            this.source = source;
        }

        private T get() {
            T known = value;
            return known == null ? ask() : known;
        }

        private T ask() {
            asking.lock();
            try {
                T known = value;
                if (known == null) {
                    known = source.get();
                    value = known;
                }
                return known;
            } catch (IllegalArgumentException | IllegalStateException e) {
                throw new DependencyDown("the identity broker does not answer: " + e.getMessage(), e);
            } finally {
                asking.unlock();
            }
        }
    }
}
