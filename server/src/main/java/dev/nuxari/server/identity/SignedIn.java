package dev.nuxari.server.identity;

import dev.nuxari.kernel.OrganizationId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * What the broker signed about a person, and nothing else.
 *
 * @param organizations those that the token names, in its order
 * @param acr how they signed in (OpenID Connect Core, section 2), {@code amr} with what, {@code authTime} when
 * @param method by what means: their identity provider's, or the broker's own
 * @param brokerSession the broker's own session behind it ({@code sid}), if it names one
 * @param keyThumbprint of the key that whoever shows the token has to hold (RFC 9449, section 6.1); null if anybody may
 * @param federated behind which organization's provider it stands; null if it is none's
 * @param expiresAt when this statement ends
 */
record SignedIn(
        String subject,
        List<OrganizationId> organizations,
        @Nullable String acr,
        List<String> amr,
        @Nullable Instant authTime,
        @Nullable LoginMethod method,
        @Nullable String brokerSession,
        @Nullable String keyThumbprint,
        @Nullable Federated federated,
        Instant expiresAt) {
    SignedIn {
        organizations = List.copyOf(organizations);
        amr = List.copyOf(amr);
    }

    /**
     * Reads a token that has been verified.
     *
     * @throws IllegalArgumentException if it lacks what every token of the broker has
     */
    static SignedIn of(Jwt token) {
        String subject = token.getSubject();
        Instant expiresAt = token.getExpiresAt();
        if (subject == null || subject.isBlank() || expiresAt == null) {
            throw new IllegalArgumentException("the token names no subject, or does not expire");
        }
        Federated federated = Federated.of(token).orElse(null);
        return new SignedIn(
                subject,
                counted(organizations(token.getClaims().get("organization")), federated),
                token.getClaims().get("acr") instanceof String acr ? acr : null,
                texts(token.getClaims().get("amr")),
                token.getClaims().containsKey("auth_time") ? token.getClaimAsInstant("auth_time") : null,
                method(token),
                token.getClaims().get("sid") instanceof String sid ? sid : null,
                keyThumbprint(token.getClaims().get("cnf")),
                federated,
                expiresAt);
    }

    /** What an organization's provider says about a person counts for that organization and for no other one (claim T2). */
    private static List<OrganizationId> counted(List<OrganizationId> named, @Nullable Federated federated) {
        return federated == null
                ? named
                : named.stream().filter(federated.organization()::equals).toList();
    }

    /**
     * A confirmation of a kind that cannot be looked at here makes the token none: by a certificate (RFC 8705), or by nothing
     * that is known. What else stands beside a key's thumbprint is a remark (RFC 7800, section 3.1); Keycloak makes one.
     */
    private static @Nullable String keyThumbprint(@Nullable Object confirmation) {
        if (confirmation == null) {
            return null;
        }
        if (confirmation instanceof Map<?, ?> of
                && !of.containsKey("x5t#S256")
                && of.get("jkt") instanceof String thumbprint) {
            return thumbprint;
        }
        throw new IllegalArgumentException("the token is bound to something else than a key");
    }

    /** What the broker's word is worth for a program that shows it with each request. */
    Assurance assurance() {
        return new Assurance(acr, method, authTime, null);
    }

    /**
     * Behind another identity provider's sign-in stands its name, and of what kind it is as it was set up. The broker's own
     * sign-ins are known by what was shown (RFC 8176): a passkey that follows a password is a second factor.
     */
    private static @Nullable LoginMethod method(Jwt token) {
        if (token.hasClaim("identity_provider")) {
            return switch (String.valueOf(token.getClaims().get("login_method"))) {
                case "oidc" -> LoginMethod.OIDC;
                case "saml" -> LoginMethod.SAML;
                default -> null;
            };
        }
        List<String> shown = texts(token.getClaims().get("amr"));
        if (shown.contains("pwd")) {
            return LoginMethod.PASSWORD;
        }
        return shown.contains("pop") ? LoginMethod.PASSKEY : null;
    }

    /** {@code {"acme": {"id": "…"}}}: the alias is for people, the id is what counts. */
    private static List<OrganizationId> organizations(@Nullable Object claim) {
        if (!(claim instanceof Map<?, ?> byAlias)) {
            return List.of();
        }
        return byAlias.values().stream().flatMap(SignedIn::organization).toList();
    }

    private static Stream<OrganizationId> organization(@Nullable Object details) {
        if (!(details instanceof Map<?, ?> attributes) || !(attributes.get("id") instanceof String id)) {
            return Stream.empty();
        }
        return parsed(id).stream();
    }

    private static Optional<OrganizationId> parsed(String id) {
        try {
            return Optional.of(OrganizationId.parse(id));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static List<String> texts(@Nullable Object claim) {
        return claim instanceof Collection<?> values
                ? values.stream().map(String::valueOf).toList()
                : List.of();
    }
}
