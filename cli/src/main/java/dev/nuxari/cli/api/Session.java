package dev.nuxari.cli.api;

import dev.nuxari.kernel.Json;
import java.net.URI;
import java.time.Instant;

/** Who is signed in where, and with which tokens. Prints without them. */
public record Session(URI server, URI issuer, String organization, String email, Tokens tokens) {
    /** What the broker gave: a short-lived token for the API, and one to get the next with. */
    public record Tokens(String access, String refresh, Instant expiresAt) {
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
                        Instant.parse(json.string("expiresAt"))));
    }

    Json.Obj written() {
        return Json.object(
                "server", server.toString(),
                "issuer", issuer.toString(),
                "organization", organization,
                "email", email,
                "accessToken", tokens.access(),
                "refreshToken", tokens.refresh(),
                "expiresAt", tokens.expiresAt());
    }

    Session with(Tokens renewed) {
        return new Session(server, issuer, organization, email, renewed);
    }
}
