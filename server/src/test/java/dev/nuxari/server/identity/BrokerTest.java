package dev.nuxari.server.identity;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.server.api.DependencyDown;
import dev.nuxari.server.testing.ManualClock;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

/** A server whose broker is not there yet: it has started, and says so to whoever needs the broker. */
class BrokerTest {
    private static final OidcConfig NOWHERE = new OidcConfig(
            URI.create("http://localhost:1/realms/nuxari"),
            "nuxari-console",
            "a-secret-of-the-tests",
            "nuxari-cli",
            "nuxari-api");

    private final ManualClock clock = new ManualClock();
    private final PublicAddress here = new PublicAddress(URI.create("http://localhost:8080"));
    private final Broker broker = new Broker(NOWHERE, here, clock);

    @Test
    void tokenCannotBeVerified() {
        var tokens = new Tokens(broker, new ProofsOfPossession(here, clock), clock);
        var request = new MockHttpServletRequest();
        request.addHeader("Authorization", "Bearer a.b.c");

        assertThatThrownBy(() -> tokens.shownBy(request)).isInstanceOf(DependencyDown.class);
    }

    @Test
    void nobodyCanBeSentToIt() {
        assertThatThrownBy(() -> broker.findByRegistrationId(Broker.REGISTRATION))
                .isInstanceOf(DependencyDown.class);
    }
}
