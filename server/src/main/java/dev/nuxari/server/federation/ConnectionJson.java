package dev.nuxari.server.federation;

import dev.nuxari.kernel.Json;
import java.net.URI;

/** A connection as it is stored. */
final class ConnectionJson {
    private ConnectionJson() {}

    static Json.Obj write(Connection connection) {
        return switch (connection) {
            case Connection.Oidc(URI issuer, Connection.Endpoints at, String clientId) ->
                Json.object(
                        "issuer", issuer.toString(),
                        "authorization", at.authorization().toString(),
                        "token", at.token().toString(),
                        "keys", at.keys().toString(),
                        "clientId", clientId);
            case Connection.Saml saml ->
                Json.object(
                        "entityId", saml.entityId(),
                        "signOn", saml.signOn().toString(),
                        "post", saml.post(),
                        "certificates",
                                saml.certificates().stream()
                                        .map(Certificate::der)
                                        .toList(),
                        "emailAttribute", saml.emailAttribute());
        };
    }

    static Connection read(Json.Obj json) {
        if (json.has("clientId")) {
            return new Connection.Oidc(
                    URI.create(json.string("issuer")),
                    new Connection.Endpoints(
                            URI.create(json.string("authorization")),
                            URI.create(json.string("token")),
                            URI.create(json.string("keys"))),
                    json.string("clientId"));
        }
        return new Connection.Saml(
                json.string("entityId"),
                URI.create(json.string("signOn")),
                json.bool("post"),
                json.strings("certificates").stream().map(Certificate::parse).toList(),
                json.string("emailAttribute"));
    }
}
