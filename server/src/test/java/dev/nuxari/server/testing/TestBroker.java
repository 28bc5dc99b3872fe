package dev.nuxari.server.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Signs tokens as the identity broker does, and publishes its keys over HTTP, so that the server's own decoder is tested.
 * The server itself administers the real Keycloak: see {@link TestOrganization#atBroker}.
 */
public final class TestBroker {
    public static final String CLIENT_ID = "nuxari-console";
    public static final String CLIENT_SECRET = "a-secret-of-the-tests";
    public static final String AUDIENCE = "nuxari-api";

    private static final JOSEObjectType LOGOUT = new JOSEObjectType("logout+jwt");
    private static final TestBroker INSTANCE = new TestBroker();

    private final HttpServer server;
    private final ECKey key;
    private final ECKey foreignKey;
    private final Map<String, Grant> codes = new ConcurrentHashMap<>();

    private TestBroker() {
        try {
            key = new ECKeyGenerator(Curve.P_256).keyID("test").generate();
            foreignKey = new ECKeyGenerator(Curve.P_256).keyID("test").generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        serve("/realms/nuxari/.well-known/openid-configuration", discovery());
        serve("/realms/nuxari/jwks", new JWKSet(key.toPublicJWK()).toString());
        server.createContext("/realms/nuxari/token", this::token);
        server.start();
    }

    public static TestBroker instance() {
        return INSTANCE;
    }

    public String issuer() {
        return "http://localhost:" + server.getAddress().getPort() + "/realms/nuxari";
    }

    /** An access token as the broker gives it to this member. */
    public String token(TestMember member) {
        return token(member, claims -> claims);
    }

    /** The same, with claims changed. */
    public String token(TestMember member, UnaryOperator<JWTClaimsSet.Builder> change) {
        return sign(change.apply(claims(member)).build(), key);
    }

    /** A token that says the same, signed by somebody else. */
    public String forgedToken(TestMember member) {
        return sign(claims(member).build(), foreignKey);
    }

    /** A token that says the same, which nobody signed ({@code alg: none}). */
    public String unsignedToken(TestMember member) {
        return new PlainJWT(claims(member).build()).serialize();
    }

    /** One whose signature is an HMAC under the text of the broker's public key, which everybody knows. */
    public String tokenUnderThePublicKey(TestMember member) {
        try {
            byte[] published = key.toPublicJWK().toJSONString().getBytes(UTF_8);
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims(member).build());
            token.sign(new MACSigner(published));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What the broker sends to the server when it has ended sessions of this member.
     *
     * @param change adds {@code sid} for one of them, or makes the token a bad one
     */
    public String logoutToken(TestMember member, UnaryOperator<JWTClaimsSet.Builder> change) {
        return sign(LOGOUT, change.apply(logout(member)).build(), key);
    }

    /** One that says the same, signed by somebody else. */
    public String forgedLogoutToken(TestMember member) {
        return sign(LOGOUT, logout(member).build(), foreignKey);
    }

    private JWTClaimsSet.Builder logout(TestMember member) {
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(CLIENT_ID)
                .subject(member.subject())
                .issueTime(Date.from(new ManualClock().instant()))
                .jwtID(UUID.randomUUID().toString())
                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
    }

    /** What the broker says about a member, for an audience of this server. */
    public JWTClaimsSet.Builder claims(TestMember member) {
        Instant now = new ManualClock().instant();
        String organization = member.organization().toString();
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(AUDIENCE)
                .subject(member.subject())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .claim("typ", "Bearer")
                .claim("azp", "nuxari-cli")
                .claim("email", member.email())
                .claim("acr", "pwd")
                .claim("amr", List.of("pwd"))
                .claim("auth_time", now.getEpochSecond())
                .claim("organization", Map.of("alias-" + organization.substring(0, 8), Map.of("id", organization)));
    }

    /**
     * What happens at the broker when a browser arrives and the person signs in.
     *
     * @param authorize where the server sent the browser
     * @return where the broker sends the browser back to
     */
    public URI signIn(TestMember member, URI authorize) {
        return signIn(member, authorize, claims -> claims);
    }

    /** The same, with other claims in the access token. */
    public URI signIn(TestMember member, URI authorize, UnaryOperator<JWTClaimsSet.Builder> change) {
        Map<String, String> query = form(authorize.getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, new Grant(member, query, UUID.randomUUID().toString(), change));
        return URI.create(query.get("redirect_uri") + "?code=" + code + "&state="
                + URLEncoder.encode(value(query, "state"), UTF_8));
    }

    private record Grant(
            TestMember member,
            Map<String, String> authorize,
            String session,
            UnaryOperator<JWTClaimsSet.Builder> change) {
        boolean isFor(Map<String, String> form) {
            return value(form, "redirect_uri").equals(authorize.get("redirect_uri"))
                    && "S256".equals(authorize.get("code_challenge_method"))
                    && challenge(value(form, "code_verifier")).equals(authorize.get("code_challenge"));
        }
    }

    /** RFC 6749, section 4.1.3, with the client's password in the header, and RFC 7636, section 4.6. */
    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        Grant grant = codes.remove(value(form, "code"));
        String client = Base64.getEncoder().encodeToString((CLIENT_ID + ":" + CLIENT_SECRET).getBytes(UTF_8));
        boolean known = ("Basic " + client).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        if (grant != null && known && grant.isFor(form)) {
            JWTClaimsSet.Builder idToken = claims(grant.member())
                    .audience(CLIENT_ID)
                    .claim("typ", "ID")
                    .claim("azp", CLIENT_ID)
                    .claim("nonce", grant.authorize().get("nonce"));
            String tokens = Json.object(
                            "access_token",
                            token(grant.member(), claims -> grant.change().apply(claims.claim("sid", grant.session()))),
                            "id_token",
                            sign(idToken.build(), key),
                            "token_type",
                            "Bearer",
                            "expires_in",
                            300)
                    .canonical();
            answer(exchange, 200, tokens);
        } else {
            answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
        }
    }

    private static String challenge(String verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(verifier.getBytes(UTF_8)));
    }

    private static String value(Map<String, String> form, String name) {
        return form.getOrDefault(name, "");
    }

    private static Map<String, String> form(String encoded) {
        return Stream.of(encoded.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> pair[0], pair -> URLDecoder.decode(pair.length > 1 ? pair[1] : "", UTF_8)));
    }

    private static String sign(JWTClaimsSet claims, ECKey signingKey) {
        return sign(null, claims, signingKey);
    }

    private static String sign(@Nullable JOSEObjectType type, JWTClaimsSet claims, ECKey signingKey) {
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .keyID(signingKey.getKeyID())
                        .type(type)
                        .build(),
                claims);
        try {
            token.sign(new ECDSASigner(signingKey));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    private String discovery() {
        return Json.object(
                        "issuer",
                        issuer(),
                        "authorization_endpoint",
                        issuer() + "/authorize",
                        "token_endpoint",
                        issuer() + "/token",
                        "jwks_uri",
                        issuer() + "/jwks",
                        "end_session_endpoint",
                        issuer() + "/logout",
                        "response_types_supported",
                        List.of("code"),
                        "subject_types_supported",
                        List.of("public"),
                        "id_token_signing_alg_values_supported",
                        List.of("ES256"))
                .canonical();
    }

    private void serve(String path, String body) {
        server.createContext(path, exchange -> answer(exchange, 200, body));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
