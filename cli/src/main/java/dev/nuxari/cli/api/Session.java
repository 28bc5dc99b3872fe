package dev.nuxari.cli.api;

import dev.nuxari.kernel.Json;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Who is signed in where, and with which tokens. Prints without them. */
public record Session(URI server, URI issuer, String organization, String email, Tokens tokens) {
    /**
     * What the broker gave: a short-lived token for the API, and one to get the next with.
     *
     * @param key what both are bound to; empty if the broker binds none, or nobody asked it to
     */
    public record Tokens(String access, String refresh, Instant expiresAt, Optional<ProofKey> key) {
        public Tokens(String access, String refresh, Instant expiresAt) {
            this(access, refresh, expiresAt, Optional.empty());
        }

        /** The token for the API, on a request; with a proof that we hold its key, if it has one. */
        public Credential credential(InstantSource clock) {
            return key.<Credential>map(held ->
                            (request, method, address) -> request.header("Authorization", "DPoP " + access)
                                    .header("DPoP", held.proof(method, address, clock.instant(), access)))
                    .orElseGet(() -> Credential.bearer(access));
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    static Session read(Json.Obj json) {
        return new Session(
                URI.create(json.string("server")),
                URI.create(json.string("issuer")),
                json.string("organization"),
                json.string("email"),
                new Tokens(
                        json.string("accessToken"),
                        json.string("refreshToken"),
                        Instant.parse(json.string("expiresAt")),
                        json.has("proofKey") ? Optional.of(ProofKey.read(json.object("proofKey"))) : Optional.empty()));
    }

    Json.Obj written() {
        Json.Obj written = Json.object(
                "server", server.toString(),
                "issuer", issuer.toString(),
                "organization", organization,
                "email", email,
                "accessToken", tokens.access(),
                "refreshToken", tokens.refresh(),
                "expiresAt", tokens.expiresAt());
        return tokens.key().map(key -> written.with("proofKey", key.written())).orElse(written);
    }

    Session with(Tokens renewed) {
        return new Session(server, issuer, organization, email, renewed);
    }
}
