package dev.nuxari.server.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * The broker says that somebody is signed out (OpenID Connect Back-Channel Logout 1.0, section 2.4): by themselves, by an
 * administrator, or because a password was changed.
 *
 * <p>Hearing it twice does no harm, so no list of tokens is kept: a session of the broker ends once, and what it says about all
 * sessions of a person is only about those that began before.
 *
 * @param brokerSession which of the broker's sessions; null for all that the person has
 */
record BrokerLogout(String subject, @Nullable String brokerSession, Instant issuedAt) {
    /**
     * Reads a token that has been verified.
     *
     * @throws IllegalArgumentException if it names nobody: a session alone does not tell which organization it belongs to
     */
    static BrokerLogout of(Jwt token) {
        String subject = token.getSubject();
        Instant issuedAt = token.getIssuedAt();
        if (subject == null || subject.isBlank() || issuedAt == null) {
            throw new IllegalArgumentException("the logout token names no subject, or not when it was issued");
        }
        return new BrokerLogout(subject, token.getClaimAsString("sid"), issuedAt);
    }
}
