package dev.nuxari.server.identity;

import dev.nuxari.kernel.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What a browser carries through a sign-in beside the handshake: longer than one, because whoever has to set a password first
 * comes back by another. In a sealed cookie, and in no address.
 */
@Component
public class LoginLuggage {
    private static final Duration VALID_FOR = Duration.ofHours(1);
    private static final String CONTENT = "content";

    private final Cookies cookies;
    private final CookieSeal seal;
    private final InstantSource clock;

    LoginLuggage(Cookies cookies, OidcConfig config, InstantSource clock) {
        this.cookies = cookies;
        this.seal = new CookieSeal("nuxari login luggage v1", config, clock);
        this.clock = clock;
    }

    public void pack(HttpServletResponse response, String content) {
        String sealed = seal.seal(Json.object(CONTENT, content), clock.instant().plus(VALID_FOR));
        cookies.setLuggage(response, sealed, VALID_FOR);
    }

    public Optional<String> unpack(HttpServletRequest request) {
        return cookies.read(request, Cookies.LUGGAGE).flatMap(seal::open).map(opened -> opened.string(CONTENT));
    }

    public void drop(HttpServletResponse response) {
        cookies.setLuggage(response, "", Duration.ZERO);
    }
}
