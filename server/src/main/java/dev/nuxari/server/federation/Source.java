package dev.nuxari.server.federation;

import dev.nuxari.kernel.Json;
import java.net.URI;

/** What an administrator has said about where a provider is. What is found there is its {@link Connection}. */
sealed interface Source {
    /** A discovery document below the issuer (OpenID Connect Discovery 1.0, section 4). */
    record Discovery(URI issuer, String clientId) implements Source {}

    /** A metadata document at an address, read anew each time the provider is enabled. */
    record MetadataAddress(URI address, String emailAttribute) implements Source {}

    /** A metadata document that was pasted. What it says is the connection. */
    record MetadataText(String emailAttribute) implements Source {}

    default Json.Obj json() {
        return switch (this) {
            case Discovery(URI issuer, String clientId) ->
                Json.object("issuer", issuer.toString(), "clientId", clientId);
            case MetadataAddress(URI address, String emailAttribute) ->
                Json.object("metadataUrl", address.toString(), "emailAttribute", emailAttribute);
            case MetadataText(String emailAttribute) -> Json.object("emailAttribute", emailAttribute);
        };
    }

    static Source of(Json.Obj json) {
        if (json.has("issuer")) {
            return new Discovery(URI.create(json.string("issuer")), json.string("clientId"));
        }
        return json.optionalString("metadataUrl")
                .<Source>map(address -> new MetadataAddress(URI.create(address), json.string("emailAttribute")))
                .orElseGet(() -> new MetadataText(json.string("emailAttribute")));
    }
}
