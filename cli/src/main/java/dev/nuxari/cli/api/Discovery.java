package dev.nuxari.cli.api;

import java.net.URI;
import java.net.http.HttpResponse;

/** Finds out where a server sends people to sign in. */
public final class Discovery {
    private static final String ENDPOINT = "/protocol/openid-connect/auth";

    private Discovery() {}

    /** The issuer, read from where the console's own sign-in leads: it needs no setting on either side. */
    public static URI issuer(URI server) {
        URI next = server.resolve("/login/start?returnTo=/");
        for (int hop = 0; hop < 4; hop++) {
            HttpResponse<byte[]> response = Http.send(Http.request(next).GET().build());
            String location = response.headers().firstValue("Location").orElse("");
            if (location.isEmpty()) {
                break;
            }
            next = next.resolve(location);
            int end = next.toString().indexOf(ENDPOINT);
            if (end > 0) {
                return URI.create(next.toString().substring(0, end));
            }
        }
        throw new Unreachable(
                server + " does not say where to sign in. Is it Nuxari? Otherwise name its broker: --issuer URL");
    }
}
