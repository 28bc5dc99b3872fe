package dev.nuxari.agent;

import dev.nuxari.kernel.Json;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Who this agent is, where its server is, and by what it is let in.
 *
 * @param nextToken one that replaces the token as soon as it has been used once
 */
record Identity(UUID agent, Connection connection, String token, Optional<String> nextToken, Instant tokenSince) {
    /**
     * How the server is reached.
     *
     * @param proxy host and port
     * @param authorities a file with certificates, beside those that the host trusts
     * @param pin base64 of the SHA-256 of the server's public key
     */
    record Connection(URI server, Optional<String> proxy, Optional<String> authorities, Optional<String> pin) {
        Connection {
            if (!"https".equals(server.getScheme()) || server.getHost() == null) {
                throw new IllegalArgumentException("the server's address begins with https://");
            }
        }

        private Json.Obj json() {
            return Json.object("server", server.toString())
                    .withPresent("proxy", proxy.orElse(null))
                    .withPresent("authorities", authorities.orElse(null))
                    .withPresent("pin", pin.orElse(null));
        }

        private static Connection parse(Json.Obj json) {
            return new Connection(
                    URI.create(json.string("server")),
                    json.optionalString("proxy"),
                    json.optionalString("authorities"),
                    json.optionalString("pin"));
        }
    }

    Json.Obj json() {
        return Json.object("v", 1, "agentId", agent, "connection", connection.json(), "token", token)
                .withPresent("nextToken", nextToken.orElse(null))
                .with("tokenSince", tokenSince);
    }

    static Identity parse(Json.Obj json) {
        return new Identity(
                UUID.fromString(json.string("agentId")),
                Connection.parse(json.object("connection")),
                json.string("token"),
                json.optionalString("nextToken"),
                Instant.parse(json.string("tokenSince")));
    }

    Identity offered(String next) {
        return new Identity(agent, connection, token, Optional.of(next), tokenSince);
    }

    /** The new token was used: the old one is over. */
    Identity renewed(Instant now) {
        return new Identity(agent, connection, nextToken.orElse(token), Optional.empty(), now);
    }

    /** The new token was refused: the old one goes on. */
    Identity keeping() {
        return new Identity(agent, connection, token, Optional.empty(), tokenSince);
    }

    @Override
    public String toString() {
        return "agent " + agent + " of " + connection.server();
    }
}
