package dev.nuxari.server.identity;

import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;

/** The steps of a sign-in in the browser, in the order they happen. */
@Component
record LoginSteps(Broker broker, LoginStart start, LoginHandshake handshake, LoginEnd end) {
    /** The ID token proves that the answer is to our question; who the person is, the access token says, as for programs. */
    OidcUser user(OidcUserRequest request) {
        try {
            Jwt token = broker.verify(request.getAccessToken().getTokenValue());
            return new BrokerLogin(SignedIn.of(token), BrokerProfile.of(token), request.getIdToken());
        } catch (org.springframework.security.oauth2.jwt.JwtException | IllegalArgumentException e) {
            throw new OAuth2AuthenticationException(
                    new OAuth2Error("invalid_access_token"), "the broker's access token is not good", e);
        }
    }
}
