package dev.nuxari.server.domains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DomainsConfigTest {
    @Test
    void namesOfTheSystemAreAskedUnlessOthersAreNamed() {
        DomainsConfig config = bound(Map.of());

        assertThat(config.servers()).isEmpty();
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void everySettingHasAName() {
        DomainsConfig config = bound(Map.of(
                "nuxari.domains.dns-servers", "9.9.9.9, 127.0.0.1:5353, [2620:fe::fe]:54",
                "nuxari.domains.timeout", "3s"));

        assertThat(config.servers().stream()
                        .map(server -> server.getAddress().getHostAddress() + " " + server.getPort()))
                .containsExactly("9.9.9.9 53", "127.0.0.1 5353", "2620:fe:0:0:0:0:0:fe 54");
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(3));
    }

    /** A name would have to be looked up. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dns.example",
                "localhost",
                "9.9.9.9:x",
                "9.9.9.9:70000",
                "1.2.3",
                "::1",
                "[::1",
                "9.9.9.9 53",
                "1.1.1.1,2.2.2.2,3.3.3.3,4.4.4.4"
            })
    void whatIsNoServerIsRefused(String servers) {
        assertThatThrownBy(() -> bound(Map.of("nuxari.domains.dns-servers", servers)))
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "-1s", "16s"})
    void timeThatIsNoneOrTooLongIsRefused(String timeout) {
        assertThatThrownBy(() -> bound(Map.of("nuxari.domains.timeout", timeout)))
                .rootCause()
                .hasMessageContaining("nuxari.domains.timeout");
    }

    @Test
    void misspeltNameIsRefused() {
        assertThatThrownBy(() -> bound(Map.of("nuxari.domains.dns-server", "9.9.9.9")))
                .rootCause()
                .hasMessageContaining("dns-server");
    }

    private static DomainsConfig bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate(
                        "nuxari.domains",
                        Bindable.of(DomainsConfig.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
    }
}
