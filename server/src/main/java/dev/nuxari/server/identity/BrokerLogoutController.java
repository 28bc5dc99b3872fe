package dev.nuxari.server.identity;

import dev.nuxari.server.api.DependencyDown;
import dev.nuxari.server.api.InvalidField;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where the broker says that somebody is signed out. Its signature is the credential; nobody else has one. */
@Hidden
@RestController
class BrokerLogoutController {
    static final String PATH = "/logout/backchannel";
    private static final Logger log = LoggerFactory.getLogger(BrokerLogoutController.class);
    private static final String TOKEN = "logout_token";

    private final Broker broker;
    private final Sessions sessions;

    BrokerLogoutController(Broker broker, Sessions sessions) {
        this.broker = broker;
        this.sessions = sessions;
    }

    @PostMapping(value = PATH, consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    void signedOut(HttpServletRequest request) throws IOException {
        sessions.end(verified(token(request)));
    }

    private BrokerLogout verified(String token) {
        try {
            return BrokerLogout.of(broker.verifyLogout(token));
        } catch (BadJwtException | IllegalArgumentException e) {
            log.debug("a logout token was refused", e);
            throw new InvalidField(TOKEN, "is no logout token of the broker, or is too old");
        } catch (JwtException e) {
            throw new DependencyDown("a logout token cannot be verified: " + e.getMessage(), e);
        }
    }

    /** Read here, because the body was read before the container could look for parameters in it. */
    private static String token(HttpServletRequest request) throws IOException {
        String form = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Stream.of(form.split("&"))
                .filter(pair -> pair.startsWith(TOKEN + "="))
                .map(pair -> URLDecoder.decode(pair.substring(TOKEN.length() + 1), StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow(() -> new InvalidField(TOKEN, "is missing"));
    }
}
