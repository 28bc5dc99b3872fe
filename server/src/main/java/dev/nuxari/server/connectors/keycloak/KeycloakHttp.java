package dev.nuxari.server.connectors.keycloak;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.server.connectors.ConnectorFailure;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Speaks HTTP with Keycloak, and keeps access tokens until shortly before they expire. */
@Component
class KeycloakHttp {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration MARGIN = Duration.ofSeconds(10);
    private static final long LARGEST_ANSWER = 32L * 1024 * 1024;
    private static final int CACHED = 1_000;
    private static final int BAD_REQUEST = 400;

    private final InstantSource clock;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final Map<String, Token> tokens = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Token> eldest) {
            return size() > CACHED;
        }
    };

    KeycloakHttp(InstantSource clock) {
        this.clock = clock;
    }

    private record Token(String value, Instant expiresAt) {
        @Override
        public String toString() {
            return "***";
        }
    }

    /** Who asks: a confidential client of the governed realm. */
    record Client(KeycloakSettings realm, String id, String secret) {
        /** Names the client without keeping its secret. */
        private String fingerprint() {
            return Sha256.hexOf(
                    String.join("\0", realm.url(), realm.realm(), id, secret).getBytes(UTF_8));
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    /**
     * Asks the administration interface of the client's realm. A token that is refused is replaced once: Keycloak may have
     * been restarted with other keys.
     *
     * @param path below the realm, encoded
     */
    Answer send(Client client, String method, String path, Body body) {
        Answer answer = attempt(client, method, path, body);
        if (answer.isUnauthorized()) {
            forget(client);
            return attempt(client, method, path, body);
        }
        return answer;
    }

    /** The body of a request: JSON, or nothing. */
    record Body(String json) {
        static final Body NOTHING = new Body("");

        static Body of(Json json) {
            return new Body(json.canonical());
        }
    }

    /** One segment of a path. A name that would lead elsewhere is refused. */
    static String segment(String name) {
        if (name.isBlank() || name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0) {
            throw ConnectorFailure.misconfigured("nothing in Keycloak has such a name");
        }
        return URLEncoder.encode(name, UTF_8).replace("+", "%20");
    }

    private Answer attempt(Client client, String method, String path, Body body) {
        KeycloakSettings realm = client.realm();
        var request = HttpRequest.newBuilder(URI.create(realm.url() + "/admin/realms/" + segment(realm.realm()) + path))
                .header("Authorization", "Bearer " + token(client))
                .header("Content-Type", "application/json")
                .method(method, body.json().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body.json()));
        return exchange(realm, request);
    }

    private String token(Client client) {
        String name = client.fingerprint();
        Instant now = clock.instant();
        synchronized (tokens) {
            Token known = tokens.get(name);
            if (known != null && now.isBefore(known.expiresAt())) {
                return known.value();
            }
        }
        Token fresh = fetch(client, now);
        synchronized (tokens) {
            tokens.put(name, fresh);
        }
        return fresh.value();
    }

    private void forget(Client client) {
        synchronized (tokens) {
            tokens.remove(client.fingerprint());
        }
    }

    /** The client credentials grant (RFC 6749, section 4.4). */
    private Token fetch(Client client, Instant now) {
        KeycloakSettings realm = client.realm();
        String form = "grant_type=client_credentials&client_id=%s&client_secret=%s"
                .formatted(URLEncoder.encode(client.id(), UTF_8), URLEncoder.encode(client.secret(), UTF_8));
        var request = HttpRequest.newBuilder(URI.create(
                        realm.url() + "/realms/" + segment(realm.realm()) + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        Answer answer = exchange(realm, request);
        if (answer.status() == BAD_REQUEST) {
            throw ConnectorFailure.refused(
                    "Keycloak at " + realm.url()
                            + " refused the client; it has to be confidential with a service account",
                    null);
        }
        if (!answer.isSuccess()) {
            throw answer.failure();
        }
        Json.Obj token = answer.object();
        return new Token(
                token.string("access_token"),
                now.plusSeconds(token.integer("expires_in")).minus(MARGIN));
    }

    private Answer exchange(KeycloakSettings realm, HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(
                    request.timeout(ANSWER).build(),
                    BodyHandlers.limiting(BodyHandlers.ofString(UTF_8), LARGEST_ANSWER));
            return new Answer(realm.url(), response.statusCode(), response.body());
        } catch (IOException e) {
            throw ConnectorFailure.unavailable("Keycloak at " + realm.url() + " cannot be reached", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ConnectorFailure.unavailable("waiting for Keycloak at " + realm.url() + " was interrupted", e);
        }
    }
}
