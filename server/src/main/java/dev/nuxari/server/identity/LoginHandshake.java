package dev.nuxari.server.identity;

import static java.util.Objects.requireNonNull;

import dev.nuxari.kernel.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.stereotype.Component;

/**
 * What has to be remembered between leaving for the broker and coming back: state, nonce, the verifier of PKCE and where to
 * go. It travels in a sealed cookie, so any node of the server can finish what another began, and only the same browser can.
 */
@Component
class LoginHandshake implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {
    static final String RETURN_TO = "returnTo";
    static final String ACR = "acr";
    private static final Duration VALID_FOR = Duration.ofMinutes(10);

    private final Broker broker;
    private final Cookies cookies;
    private final InstantSource clock;
    private final CookieSeal seal;

    LoginHandshake(Broker broker, Cookies cookies, InstantSource clock, OidcConfig config) {
        this.broker = broker;
        this.cookies = cookies;
        this.clock = clock;
        this.seal = new CookieSeal("nuxari login handshake v1", config, clock);
    }

    @Override
    public void saveAuthorizationRequest(
            @Nullable OAuth2AuthorizationRequest request, HttpServletRequest http, HttpServletResponse response) {
        if (request == null) {
            cookies.clearLogin(response);
            return;
        }
        Json.Obj content = Json.object(
                "state",
                request.getState(),
                "nonce",
                request.getAttribute(OidcParameterNames.NONCE),
                "verifier",
                request.getAttribute(PkceParameterNames.CODE_VERIFIER),
                RETURN_TO,
                request.getAttribute(RETURN_TO),
                ACR,
                request.getAttribute(ACR));
        cookies.setLogin(response, seal.seal(content, clock.instant().plus(VALID_FOR)), VALID_FOR);
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        return cookies.read(request, Cookies.LOGIN)
                .flatMap(seal::open)
                .filter(content -> content.string("state").equals(request.getParameter(OAuth2ParameterNames.STATE)))
                .map(this::rebuild)
                .orElse(null);
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        OAuth2AuthorizationRequest begun = loadAuthorizationRequest(request);
        cookies.clearLogin(response);
        return begun;
    }

    /** Where the person wanted to go when they were sent to the broker. */
    String returnTo(HttpServletRequest request) {
        return cookies.read(request, Cookies.LOGIN)
                .flatMap(seal::open)
                .flatMap(content -> content.optionalString(RETURN_TO))
                .orElse("/");
    }

    /** Whether the broker was asked for this level of authentication. */
    boolean demanded(HttpServletRequest request, String acr) {
        return cookies.read(request, Cookies.LOGIN)
                .flatMap(seal::open)
                .flatMap(content -> content.optionalString(ACR))
                .filter(acr::equals)
                .isPresent();
    }

    private OAuth2AuthorizationRequest rebuild(Json.Obj content) {
        ClientRegistration client = broker.findByRegistrationId(Broker.REGISTRATION);
        return OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(requireNonNull(client.getProviderDetails().getAuthorizationUri()))
                .clientId(client.getClientId())
                .redirectUri(client.getRedirectUri())
                .scopes(client.getScopes())
                .state(content.string("state"))
                .attributes(attributes -> {
                    attributes.put(OAuth2ParameterNames.REGISTRATION_ID, Broker.REGISTRATION);
                    attributes.put(OidcParameterNames.NONCE, content.string("nonce"));
                    attributes.put(PkceParameterNames.CODE_VERIFIER, content.string("verifier"));
                })
                .build();
    }
}
