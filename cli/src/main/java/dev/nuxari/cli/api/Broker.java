package dev.nuxari.cli.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** Talks OpenID Connect to the identity broker as the public client {@code nuxari-cli}. */
public final class Broker {
    static final String CLIENT = "nuxari-cli";
    private static final String SCOPE = "openid organization";

    private final URI issuer;
    private final InstantSource clock;
    private final Optional<ProofKey> key;

    /**
     * A broker.
     *
     * @param key what the tokens are to be bound to
     */
    public Broker(URI issuer, InstantSource clock, Optional<ProofKey> key) {
        this.issuer = issuer;
        this.clock = clock;
        this.key = key;
    }

    public URI issuer() {
        return issuer;
    }

    /** Where the browser begins the authorization code flow with PKCE (RFC 7636). */
    URI authorization(String redirect, Pkce pkce, String state) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", CLIENT);
        query.put("redirect_uri", redirect);
        query.put("scope", SCOPE);
        query.put("state", state);
        query.put("code_challenge", pkce.challenge());
        query.put("code_challenge_method", "S256");
        return endpoint("auth?" + form(query));
    }

    Session.Tokens exchange(String code, String redirect, Pkce pkce) {
        return tokens(token(Map.of(
                "grant_type", "authorization_code",
                "client_id", CLIENT,
                "code", code,
                "redirect_uri", redirect,
                "code_verifier", pkce.verifier())));
    }

    Session.Tokens renew(String refresh) {
        return tokens(token(Map.of("grant_type", "refresh_token", "client_id", CLIENT, "refresh_token", refresh)));
    }

    /** Begins the device flow (RFC 8628); Keycloak wants PKCE here as well. */
    Json.Obj device(Pkce pkce) {
        return post(
                "auth/device",
                Map.of(
                        "client_id",
                        CLIENT,
                        "scope",
                        SCOPE,
                        "code_challenge",
                        pkce.challenge(),
                        "code_challenge_method",
                        "S256"));
    }

    /** Asks once whether the person has finished; empty while they have not. */
    Optional<Session.Tokens> poll(String deviceCode, Pkce pkce) {
        try {
            return Optional.of(tokens(token(Map.of(
                    "grant_type",
                    "urn:ietf:params:oauth:grant-type:device_code",
                    "client_id",
                    CLIENT,
                    "device_code",
                    deviceCode,
                    "code_verifier",
                    pkce.verifier()))));
        } catch (Refused e) {
            String reason = Fields.text(e.problem(), "error");
            if (reason.equals("authorization_pending") || reason.equals("slow_down")) {
                return Optional.empty();
            }
            throw new Unreachable("The sign-in did not succeed: " + reason + ".", e);
        }
    }

    private Json.Obj token(Map<String, String> parameters) {
        return post("token", parameters);
    }

    private Session.Tokens tokens(Json.Obj answer) {
        Instant expiry = clock.instant().plusSeconds(Fields.number(answer, "expires_in"));
        boolean bound = Fields.text(answer, "token_type").equalsIgnoreCase("DPoP");
        return new Session.Tokens(
                answer.string("access_token"),
                Fields.text(answer, "refresh_token"),
                expiry,
                bound ? key : Optional.empty());
    }

    private Json.Obj post(String endpoint, Map<String, String> parameters) {
        URI address = endpoint(endpoint);
        HttpRequest.Builder request = Http.request(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(parameters)));
        key.ifPresent(held -> request.header("DPoP", held.proof("POST", address, clock.instant())));
        HttpResponse<byte[]> response = Http.send(request.build());
        String body = new String(response.body(), UTF_8);
        if (response.statusCode() != 200) {
            throw Refused.of(response.statusCode(), body);
        }
        try {
            return Json.parseObject(body);
        } catch (JsonException e) {
            throw new Unreachable(issuer + " is not an identity broker.", e);
        }
    }

    private URI endpoint(String name) {
        return URI.create(issuer + "/protocol/openid-connect/" + name);
    }

    private static String form(Map<String, String> parameters) {
        StringJoiner joined = new StringJoiner("&");
        parameters.forEach((name, value) -> joined.add(name + "=" + Api.encode(value)));
        return joined.toString();
    }
}
