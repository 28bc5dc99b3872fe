package dev.nuxari.server.identity;

import dev.nuxari.server.api.StepUp;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.stereotype.Component;

/**
 * {@code GET /login/start?returnTo=/path}: sends the browser to the broker, with PKCE (RFC 7636), state and nonce. With
 * {@code acr=mfa} a second factor is asked for, with {@code maxAge} in seconds a sign-in that is no older. With {@code action}
 * the person sets something up at the broker on the way; whether they do, or cancel it, they come back signed in.
 */
@Component
class LoginStart implements OAuth2AuthorizationRequestResolver {
    static final String PATH = StepUp.START;
    private static final String ACR_VALUES = "acr_values";
    /** What can be set up, and what Keycloak calls it. Nothing else is handed on. */
    private static final Map<String, String> ACTIONS =
            Map.of("totp", "CONFIGURE_TOTP", "passkey", "webauthn-register-passwordless");

    private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");
    private static final int LONGEST_RETURN = 1024;
    private static final Pattern LOCAL = Pattern.compile("/|/[^/].*");
    private static final Pattern CROOKED =
            Pattern.compile("//|/\\.{1,2}(/|$)|%(2e|2f|5c|25|[01][0-9a-f]|7f)", Pattern.CASE_INSENSITIVE);

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
        Map<String, Object> demands = demands(request);
        return Optional.ofNullable(requests.resolve(request, registration))
                .map(begun -> OAuth2AuthorizationRequest.from(begun)
                        .additionalParameters(parameters -> parameters.putAll(demands))
                        .attributes(attributes -> {
                            attributes.put(LoginHandshake.RETURN_TO, returnTo);
                            attributes.put(LoginHandshake.ACR, demands.getOrDefault(ACR_VALUES, ""));
                        })
                        .build())
                .orElse(null);
    }

    /**
     * What the broker is asked for beyond a sign-in: a second factor, a fresh one (OpenID Connect Core, section 3.1.2.1), and an
     * action of Keycloak.
     */
    private static Map<String, Object> demands(HttpServletRequest request) {
        Map<String, Object> demands = new LinkedHashMap<>();
        if (StepUp.LEVEL.equals(request.getParameter("acr"))) {
            demands.put(ACR_VALUES, StepUp.LEVEL);
        }
        String maxAge = request.getParameter("maxAge");
        if (maxAge != null && SECONDS.matcher(maxAge).matches()) {
            demands.put("max_age", maxAge);
        }
        String action = request.getParameter("action");
        if (action != null && ACTIONS.containsKey(action)) {
            demands.put("kc_action", ACTIONS.get(action));
        }
        return demands;
    }

    /**
     * A path of this server, or its front page: nobody is sent elsewhere after signing in here. What a browser, a proxy or a
     * framework might straighten into another address is not taken: dot segments, empty segments, encoded slashes.
     */
    static String local(@Nullable String returnTo) {
        return returnTo != null && returnTo.length() <= LONGEST_RETURN && isLocal(returnTo) ? returnTo : "/";
    }

    private static boolean isLocal(String address) {
        String path = address.replaceFirst("[?#].*", "");
        return LOCAL.matcher(path).matches()
                && address.chars().noneMatch(c -> c == '\\' || c <= ' ' || c >= 0x7f)
                && !CROOKED.matcher(path).find();
    }
}
