package dev.nuxari.server.identity;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.server.api.DependencyDown;
import dev.nuxari.server.testing.ManualClock;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** A server whose broker is not there yet: it has started, and says so to whoever needs the broker. */
class BrokerTest {
    private static final OidcConfig NOWHERE = new OidcConfig(
            URI.create("http://localhost:1/realms/nuxari"),
            "nuxari-console",
            "a-secret-of-the-tests",
            "nuxari-cli",
            "nuxari-api");

    private final ManualClock clock = new ManualClock();
    private final Broker broker = new Broker(NOWHERE, new PublicAddress(URI.create("http://localhost:8080")), clock);

    @Test
    void tokenCannotBeVerified() {
        var tokens = new Tokens(broker, clock);

        assertThatThrownBy(() -> tokens.verify("a.b.c")).isInstanceOf(DependencyDown.class);
    }

    @Test
    void nobodyCanBeSentToIt() {
        assertThatThrownBy(() -> broker.findByRegistrationId(Broker.REGISTRATION))
                .isInstanceOf(DependencyDown.class);
    }
}
