package dev.nuxari.server.identity;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * What the broker signed of a person's name and address.
 *
 * @param verifiedEmail their address, if the broker has seen that it is theirs
 * @param name what they are called; blank if it does not say
 */
public record BrokerProfile(Optional<String> verifiedEmail, String name) {
    /** OpenID Connect Core, section 5.1. What is of another type is not there. */
    static BrokerProfile of(Jwt token) {
        boolean verified = Boolean.TRUE.equals(token.getClaims().get("email_verified"));
        Optional<String> name = text(token, "name");
        return new BrokerProfile(
                text(token, "email").filter(_ -> verified),
                name.orElseGet(() -> Stream.of(text(token, "given_name"), text(token, "family_name"))
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining(" "))));
    }

    private static Optional<String> text(Jwt token, String claim) {
        return token.getClaims().get(claim) instanceof String text && !text.isBlank()
                ? Optional.of(text.strip())
                : Optional.empty();
    }
}
