package dev.nuxari.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class OidcConfigTest {
    private static final Map<String, String> LEAST = Map.of(
            "nuxari.oidc.issuer", "https://id.example/realms/nuxari", "nuxari.oidc.client-secret", "0123456789abcdef");

    @Test
    void defaults() {
        OidcConfig config = bound(Map.of());

        assertThat(config.clientId()).isEqualTo("nuxari-console");
        assertThat(config.audience()).isEqualTo("nuxari-api");
        assertThat(config.origin()).isEqualTo("https://id.example");
        assertThat(config.toString()).doesNotContain("0123456789abcdef");
    }

    @ParameterizedTest
    @CsvSource({"issuer,/realms/nuxari", "issuer,''", "client-secret,short"})
    void nonsenseIsRefused(String name, String value) {
        assertThatThrownBy(() -> bound(Map.of("nuxari.oidc." + name, value)))
                .rootCause()
                .hasMessageContaining("nuxari.oidc." + name);
    }

    @Test
    void sessionsLastAWorkingDay() {
        IdentityConfig config = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("nuxari.identity", IdentityConfig.class);

        assertThat(config).isEqualTo(new IdentityConfig(Duration.ofHours(12), Duration.ofHours(1)));
    }

    @Test
    void sessionThatNeverEndsIsRefused() {
        assertThatThrownBy(() -> new IdentityConfig(Duration.ofDays(31), Duration.ofHours(1)))
                .hasMessageContaining("nuxari.identity.session-max-age");
        assertThatThrownBy(() -> new IdentityConfig(Duration.ofHours(1), Duration.ZERO))
                .hasMessageContaining("nuxari.identity.session-idle-timeout");
    }

    private static OidcConfig bound(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(LEAST);
        all.putAll(settings);
        return new Binder(new MapConfigurationPropertySource(all)).bindOrCreate("nuxari.oidc", OidcConfig.class);
    }
}
