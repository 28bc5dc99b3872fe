package dev.nuxari.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class RateLimitsTest {
    private final RateLimits limits = new RateLimits(new ApiConfig(DataSize.ofMegabytes(1), 1, 1, 1, 1, 1));

    @Test
    void twiceTheRateIsServedForAMomentAndThenNoMore() {
        limits.count("192.0.2.1");
        limits.count("192.0.2.1");

        assertThatThrownBy(() -> limits.count("192.0.2.1"))
                .isInstanceOfSatisfying(
                        RateLimited.class,
                        limited -> assertThat(limited.retryAfter())
                                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3)));
    }

    @Test
    void othersAreNotHeldUp() {
        limits.count("192.0.2.1");
        limits.count("192.0.2.1");

        assertThatCode(() -> limits.count("192.0.2.2")).doesNotThrowAnyException();
    }
}
