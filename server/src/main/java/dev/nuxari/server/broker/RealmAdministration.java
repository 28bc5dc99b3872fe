package dev.nuxari.server.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.server.api.DependencyDown;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.ClientCredentialsOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * Keycloak's administration interface for the realm, as the client {@code nuxari-server}. Access tokens are had by the client
 * credentials grant (RFC 6749, section 4.4), kept until shortly before they expire, and replaced once when one is refused:
 * Keycloak may have been restarted with other keys.
 */
@Component
public class RealmAdministration {
    private static final String REGISTRATION = "broker-administration";
    private static final int LARGEST_ANSWER = 8 * 1024 * 1024;

    private final RestClient http;
    private final AuthorizedClientServiceOAuth2AuthorizedClientManager tokens;
    private final OAuth2AuthorizedClientService kept;

    RealmAdministration(BrokerConfig config, InstantSource clock) {
        var requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .connectTimeout(config.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build());
        requests.setReadTimeout(config.timeout());
        this.http = RestClient.builder()
                .requestFactory(requests)
                .baseUrl(config.administration())
                .build();
        var registrations = new InMemoryClientRegistrationRepository(registration(config));
        this.kept = new InMemoryOAuth2AuthorizedClientService(registrations);
        this.tokens = new AuthorizedClientServiceOAuth2AuthorizedClientManager(registrations, kept);
        this.tokens.setAuthorizedClientProvider(provider(requests, clock));
    }

    private static ClientRegistration registration(BrokerConfig config) {
        return ClientRegistration.withRegistrationId(REGISTRATION)
                .clientId(config.clientId())
                .clientSecret(config.clientSecret())
                .tokenUri(config.tokenAddress())
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .build();
    }

    private static ClientCredentialsOAuth2AuthorizedClientProvider provider(
            JdkClientHttpRequestFactory requests, InstantSource clock) {
        var endpoint = new RestClientClientCredentialsTokenResponseClient();
        endpoint.setRestClient(RestClient.builder()
                .requestFactory(requests)
                .configureMessageConverters(converters -> converters
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        var provider = new ClientCredentialsOAuth2AuthorizedClientProvider();
        provider.setAccessTokenResponseClient(endpoint);
        provider.setClock(clock.withZone(ZoneOffset.UTC));
        return provider;
    }

    /** What Keycloak answered; a body that is too long is none. */
    public record Answer(HttpStatus status, String body, Optional<String> createdId) {
        public boolean isSuccess() {
            return status.is2xxSuccessful();
        }

        public boolean isMissing() {
            return status == HttpStatus.NOT_FOUND;
        }

        public boolean isConflict() {
            return status == HttpStatus.CONFLICT;
        }

        /**
         * The answer, if it is a good one.
         *
         * @throws DependencyDown if it is not; what Keycloak said goes to the log
         */
        public Answer expected(String doing) {
            if (!isSuccess()) {
                throw new DependencyDown("Keycloak refuses to " + doing + ": " + status + " " + body);
            }
            return this;
        }

        public Json.Obj object() {
            return Json.parseObject(body);
        }

        /** The objects of a list. */
        public List<Json.Obj> list() {
            return Json.object("items", Json.parse(body)).objects("items");
        }
    }

    /**
     * One call.
     *
     * @param path below the realm, a template whose variables are encoded
     * @throws DependencyDown if Keycloak cannot be reached, or does not accept the client
     */
    public Answer send(HttpMethod method, @Nullable Json body, String path, Object... variables) {
        Answer answer = attempt(method, body, path, variables);
        if (answer.status() == HttpStatus.UNAUTHORIZED) {
            kept.removeAuthorizedClient(REGISTRATION, REGISTRATION);
            return attempt(method, body, path, variables);
        }
        return answer;
    }

    public Answer get(String path, Object... variables) {
        return send(HttpMethod.GET, null, path, variables);
    }

    private Answer attempt(HttpMethod method, @Nullable Json body, String path, Object... variables) {
        try {
            var request = http.method(method)
                    .uri(path, variables)
                    .headers(headers -> headers.setBearerAuth(token()))
                    .accept(MediaType.APPLICATION_JSON);
            if (body != null) {
                request.contentType(MediaType.APPLICATION_JSON).body(body.canonical());
            }
            return request.exchange((_, response) -> answer(response));
        } catch (ResourceAccessException e) {
            throw new DependencyDown("Keycloak's administration cannot be reached", e);
        }
    }

    private String token() {
        try {
            OAuth2AuthorizedClient client =
                    tokens.authorize(OAuth2AuthorizeRequest.withClientRegistrationId(REGISTRATION)
                            .principal(REGISTRATION)
                            .build());
            if (client == null) {
                throw new IllegalStateException("the client credentials grant was not tried");
            }
            return client.getAccessToken().getTokenValue();
        } catch (OAuth2AuthorizationException e) {
            throw new DependencyDown("Keycloak does not accept nuxari.broker.client-id and its secret", e);
        }
    }

    private static Answer answer(ClientHttpResponse response) throws IOException {
        byte[] body = response.getBody().readNBytes(LARGEST_ANSWER + 1);
        String location = response.getHeaders().getFirst(HttpHeaders.LOCATION);
        return new Answer(
                HttpStatus.valueOf(response.getStatusCode().value()),
                body.length > LARGEST_ANSWER ? "" : new String(body, UTF_8),
                Optional.ofNullable(location).map(address -> address.substring(address.lastIndexOf('/') + 1)));
    }
}
