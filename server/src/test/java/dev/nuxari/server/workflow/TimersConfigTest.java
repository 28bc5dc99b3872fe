package dev.nuxari.server.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class TimersConfigTest {
    @Test
    void defaults() {
        assertThat(bound(Map.of()))
                .isEqualTo(new TimersConfig("nuxari_timer", "", 32, 8, Duration.ofSeconds(1), Duration.ofSeconds(2)));
    }

    @Test
    void everyName() {
        assertThat(bound(Map.of(
                        "nuxari.timers.username", "somebody",
                        "nuxari.timers.password", "something",
                        "nuxari.timers.threads", "4",
                        "nuxari.timers.threads-per-organization", "2",
                        "nuxari.timers.polling-interval", "3s",
                        "nuxari.timers.heartbeat", "4s")))
                .isEqualTo(
                        new TimersConfig("somebody", "something", 4, 2, Duration.ofSeconds(3), Duration.ofSeconds(4)));
    }

    @ParameterizedTest
    @CsvSource({
        "threads,7",
        "threads-per-organization,0",
        "threads-per-organization,33",
        "polling-interval,0s",
        "heartbeat,-1s"
    })
    void nonsenseIsRefused(String name, String value) {
        assertThatThrownBy(() -> bound(Map.of("nuxari.timers." + name, value)))
                .rootCause()
                .hasMessageContaining("nuxari.timers");
    }

    private static TimersConfig bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("nuxari.timers", TimersConfig.class);
    }
}
