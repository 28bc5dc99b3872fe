package dev.nuxari.cli.api;

import java.net.URI;
import java.net.http.HttpRequest;

/** Shows who is asking, on a request that is not built yet. */
@FunctionalInterface
public interface Credential {
    /** Nobody. */
    Credential NONE = (_, _, _) -> {};

    /** Puts what shows it on the request with that method and address. */
    void show(HttpRequest.Builder request, String method, URI address);

    /** A token that is good in anybody's hands (RFC 6750). */
    static Credential bearer(String token) {
        return (request, _, _) -> request.header("Authorization", "Bearer " + token);
    }
}
