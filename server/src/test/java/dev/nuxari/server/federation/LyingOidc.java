package dev.nuxari.server.federation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nuxari.kernel.Json;
import dev.nuxari.platform.testing.OidcProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** A provider of OpenID Connect that answers the code with whatever ID token it was told. */
final class LyingOidc implements AutoCloseable {
    static final String CLIENT = OidcProvider.CLIENT;
    static final String SECRET = OidcProvider.SECRET;

    private final HttpServer server;
    private final RSAKey key;
    private final RSAKey unknown;
    private final AtomicReference<String> idToken = new AtomicReference<>("");
    private final AtomicReference<String> discovery = new AtomicReference<>("");

    LyingOidc() {
        try {
            key = new RSAKeyGenerator(2048).keyID("known").generate();
            unknown = new RSAKeyGenerator(2048).keyID("known").generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/keys", exchange -> answer(exchange, new JWKSet(key.toPublicJWK()).toString()));
        server.createContext("/token", exchange -> {
            String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            if (!form.contains("client_secret=" + SECRET)) {
                answer(exchange, 401, Json.object("error", "invalid_client").canonical());
            } else if (form.contains("code=nuxari-test-connection")) {
                answer(exchange, 400, Json.object("error", "invalid_grant").canonical());
            } else {
                answer(
                        exchange,
                        Json.object("access_token", "opaque", "token_type", "Bearer", "id_token", idToken.get())
                                .canonical());
            }
        });
        server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, discovery.get()));
        server.start();
        discovery.set(honestDiscovery().canonical());
    }

    Json.Obj honestDiscovery() {
        return Json.object(
                "issuer", at("").toString(),
                "authorization_endpoint", at("/authorize").toString(),
                "token_endpoint", at("/token").toString(),
                "jwks_uri", at("/keys").toString(),
                "response_types_supported", List.of("code"));
    }

    void publishes(String document) {
        discovery.set(document);
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        answer(exchange, 200, json);
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    URI at(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    Connection.Oidc connection() {
        return new Connection.Oidc(
                at(""), new Connection.Endpoints(at("/authorize"), at("/token"), at("/keys")), CLIENT);
    }

    /** An honest token, to be made dishonest. */
    JWTClaimsSet.Builder claims(String nonce, String email) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(at("").toString())
                .audience(CLIENT)
                .subject("subject-of-" + email)
                .claim("nonce", nonce)
                .claim("email", email)
                .claim("email_verified", true)
                .claim("given_name", "Some")
                .claim("family_name", "Body")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(2))));
    }

    void answers(JWTClaimsSet.Builder claims) {
        idToken.set(signed(claims, key));
    }

    void answersWithAnUnknownKey(JWTClaimsSet.Builder claims) {
        idToken.set(signed(claims, unknown));
    }

    void answersUnsigned(JWTClaimsSet.Builder claims) {
        idToken.set(new PlainJWT(claims.build()).serialize());
    }

    private static String signed(JWTClaimsSet.Builder claims, RSAKey with) {
        try {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(with.getKeyID())
                            .build(),
                    claims.build());
            token.sign(new RSASSASigner(with));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
