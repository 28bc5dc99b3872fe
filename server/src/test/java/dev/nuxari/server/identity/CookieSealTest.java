package dev.nuxari.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.server.testing.ManualClock;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@Claim({"I1", "I4"})
class CookieSealTest {
    private static final Json.Obj CONTENT = Json.object("content", "nxi_secret");
    private static final OidcConfig CONFIG = config("a-secret-of-sixteen");

    private final ManualClock clock = new ManualClock();
    private final CookieSeal seal = new CookieSeal("one purpose", CONFIG, clock);

    private static OidcConfig config(String secret) {
        return new OidcConfig(
                URI.create("https://broker.example/realms/nuxari"),
                "nuxari-console",
                secret,
                "nuxari-cli",
                "nuxari-api");
    }

    private String sealed() {
        return seal.seal(CONTENT, clock.instant().plus(Duration.ofHours(1)));
    }

    @Test
    void whatWasSealedIsOpenedUntilItExpires() {
        String sealed = sealed();

        assertThat(sealed).doesNotContain("nxi");
        assertThat(seal.open(sealed).orElseThrow().string("content")).isEqualTo("nxi_secret");
        clock.advance(Duration.ofMinutes(61));
        assertThat(seal.open(sealed)).isEmpty();
    }

    @Test
    void nothingElseIsOpened() {
        String sealed = sealed();

        assertThat(seal.open(sealed.substring(0, sealed.length() - 4) + "AAAA")).isEmpty();
        assertThat(seal.open("nxi_secret")).isEmpty();
        assertThat(seal.open("")).isEmpty();
        assertThat(new CookieSeal("another purpose", CONFIG, clock).open(sealed))
                .isEmpty();
        assertThat(new CookieSeal("one purpose", config("another-secret-of-sixteen"), clock).open(sealed))
                .isEmpty();
    }
}
