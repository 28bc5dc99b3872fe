package dev.nuxari.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class ApiConfigTest {
    @Test
    void defaults() {
        assertThat(bound(Map.of())).isEqualTo(new ApiConfig(DataSize.ofMegabytes(1), 5000, 20000, 500, 2, 256));
    }

    @Test
    void everyName() {
        assertThat(bound(Map.of(
                        "nuxari.api.body-limit", "64KB",
                        "nuxari.api.caller-rate", "1",
                        "nuxari.api.organization-rate", "2",
                        "nuxari.api.address-rate", "3",
                        "nuxari.api.requests-at-once", "4",
                        "nuxari.api.requests-waiting", "5")))
                .isEqualTo(new ApiConfig(DataSize.ofKilobytes(64), 1, 2, 3, 4, 5));
    }

    @ParameterizedTest
    @CsvSource({
        "body-limit,0B",
        "body-limit,1GB",
        "caller-rate,0",
        "organization-rate,-1",
        "address-rate,0",
        "requests-at-once,0",
        "requests-waiting,0"
    })
    void nonsenseIsRefused(String name, String value) {
        assertThatThrownBy(() -> bound(Map.of("nuxari.api." + name, value)))
                .rootCause()
                .hasMessageContaining("nuxari.api");
    }

    private static ApiConfig bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("nuxari.api", ApiConfig.class);
    }
}
