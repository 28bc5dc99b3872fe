package dev.nuxari.platform;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Sha256;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The authorization code flow with PKCE of the client {@code nuxari-cli}, with a person who is a program. */
public final class ScriptedLogin {
    /** The client it signs in to. */
    public static final String CLIENT = "nuxari-cli";

    private static final String REDIRECT = "http://127.0.0.1:9/callback";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String realmUrl;

    /** @param issuer the realm's address, such as {@code http://localhost:8081/realms/nuxari} */
    public ScriptedLogin(String issuer) {
        this.realmUrl = issuer;
    }

    /** What the realm issued. */
    public record Tokens(String accessToken, String idToken, String refreshToken) {
        @Override
        public String toString() {
            return "Tokens[***]";
        }
    }

    /** Signs in with the password. */
    public Tokens signIn(String email, String password) {
        return signIn(ScriptedBrowser.Person.of(email, password));
    }

    /** Signs in, choosing the organization when asked. */
    public Tokens signIn(ScriptedBrowser.Person person) {
        // Named, so that Keycloak lets a member of several choose; a member of one has the claim without asking.
        return signIn(person, "openid organization");
    }

    Tokens signIn(ScriptedBrowser.Person person, String scope) {
        return signIn(new ScriptedBrowser(person), Map.of("scope", scope));
    }

    /** Signs in with a browser that may have a session already, asking for what the parameters say. */
    public Tokens signIn(ScriptedBrowser browser, Map<String, String> asked) {
        String verifier = random(48);
        String challenge = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Sha256.of(verifier.getBytes(StandardCharsets.US_ASCII)));
        Map<String, String> query = new LinkedHashMap<>(asked);
        query.put("code_challenge", challenge);
        query.put("code_challenge_method", "S256");
        String code = authorize(browser, query);
        HttpResponse<String> response = Http.send(Http.form(
                URI.create(realmUrl + "/protocol/openid-connect/token"),
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "client_id",
                        CLIENT,
                        "code",
                        code,
                        "redirect_uri",
                        REDIRECT,
                        "code_verifier",
                        verifier)));
        if (response.statusCode() != 200) {
            throw new ScriptedBrowser.SignInRefused(response.body());
        }
        Json.Obj tokens = Json.parseObject(response.body());
        return new Tokens(tokens.string("access_token"), tokens.string("id_token"), tokens.string("refresh_token"));
    }

    /** The authorization code, when the request carries these parameters beside the usual ones. */
    String authorize(ScriptedBrowser.Person person, Map<String, String> more) {
        return authorize(new ScriptedBrowser(person), more);
    }

    private String authorize(ScriptedBrowser browser, Map<String, String> more) {
        Map<String, String> query = new LinkedHashMap<>(Map.of(
                "client_id",
                CLIENT,
                "response_type",
                "code",
                "redirect_uri",
                REDIRECT,
                "scope",
                "openid",
                "state",
                random(9)));
        query.putAll(more);
        URI start = URI.create(realmUrl + "/protocol/openid-connect/auth?" + Http.encode(query));
        URI callback = browser.walk(start, address -> address.toString().startsWith(REDIRECT));
        Map<String, String> answer = query(callback);
        String code = answer.get("code");
        if (code == null) {
            throw new ScriptedBrowser.SignInRefused(
                    answer.getOrDefault("error", "") + ": " + answer.getOrDefault("error_description", ""));
        }
        return code;
    }

    private static Map<String, String> query(URI address) {
        Map<String, String> values = new HashMap<>();
        for (String pair : String.valueOf(address.getRawQuery()).split("&", -1)) {
            String[] parts = pair.split("=", 2);
            values.put(parts[0], parts.length == 2 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "");
        }
        return values;
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
