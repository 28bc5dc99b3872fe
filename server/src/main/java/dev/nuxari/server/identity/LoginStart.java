package dev.nuxari.server.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.stereotype.Component;

/** {@code GET /login/start?returnTo=/path}: sends the browser to the broker, with PKCE (RFC 7636), state and nonce. */
@Component
class LoginStart implements OAuth2AuthorizationRequestResolver {
    static final String PATH = "/login/start";
    private static final int LONGEST_RETURN = 1024;

    private final DefaultOAuth2AuthorizationRequestResolver requests;

    LoginStart(Broker broker) {
        requests = new DefaultOAuth2AuthorizationRequestResolver(broker);
        requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
        return request.getMethod().equals("GET") && request.getRequestURI().equals(PATH)
                ? resolve(request, Broker.REGISTRATION)
                : null;
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String registration) {
        String returnTo = local(request.getParameter("returnTo"));
        return Optional.ofNullable(requests.resolve(request, registration))
                .map(begun -> OAuth2AuthorizationRequest.from(begun)
                        .attributes(attributes -> attributes.put(LoginHandshake.RETURN_TO, returnTo))
                        .build())
                .orElse(null);
    }

    /** A path of this server, or its front page: nobody is sent elsewhere after signing in here. */
    static String local(@Nullable String returnTo) {
        boolean local = returnTo != null
                && returnTo.length() <= LONGEST_RETURN
                && returnTo.startsWith("/")
                && !returnTo.startsWith("//")
                && returnTo.chars().noneMatch(c -> c == '\\' || c <= ' ' || c == 0x7f);
        return local && returnTo != null ? returnTo : "/";
    }
}
