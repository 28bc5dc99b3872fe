package dev.nuxari.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** One request a second, two in a moment. */
class RateLimitsTest {
    private final AtomicLong nanoTime = new AtomicLong();
    private final RateLimits limits =
            new RateLimits(new ApiConfig(DataSize.ofMegabytes(1), 1, 1, 1, 1, 1), nanoTime::get);

    @Test
    void twiceTheRateIsServedForAMomentAndThenNoMore() {
        limits.count("192.0.2.1");
        limits.count("192.0.2.1");

        assertThatThrownBy(() -> limits.count("192.0.2.1"))
                .isInstanceOfSatisfying(
                        RateLimited.class,
                        limited -> assertThat(limited.retryAfter()).isEqualTo(Duration.ofSeconds(2)));
    }

    @Test
    void whoWaitedIsServedAgain() {
        limits.count("192.0.2.1");
        limits.count("192.0.2.1");

        pass(Duration.ofSeconds(1));

        limits.count("192.0.2.1");
        assertThatThrownBy(() -> limits.count("192.0.2.1")).isInstanceOf(RateLimited.class);
    }

    @Test
    void othersAreNotHeldUp() {
        limits.count("192.0.2.1");
        limits.count("192.0.2.1");

        assertThatCode(() -> limits.count("192.0.2.2")).doesNotThrowAnyException();
    }

    @Test
    void thoseWhoAskedLongAgoAreForgottenWhenThereAreMany() {
        ask(RateLimits.REMEMBERED);
        limits.count("192.0.2.1");
        limits.count("192.0.2.1");
        pass(Duration.ofSeconds(1));
        assertThat(limits.remembered()).isEqualTo(RateLimits.REMEMBERED + 1);

        limits.count("192.0.2.2");

        assertThat(limits.remembered()).isEqualTo(2);
        limits.count("192.0.2.1");
        assertThatThrownBy(() -> limits.count("192.0.2.1")).isInstanceOf(RateLimited.class);
    }

    @Test
    void nobodyIsForgottenWhileThereIsRoom() {
        ask(RateLimits.REMEMBERED);
        pass(Duration.ofSeconds(9));

        limits.count("192.0.2.2");

        assertThat(limits.remembered()).isEqualTo(RateLimits.REMEMBERED + 1);
    }

    @Test
    void manyAreLookedThroughOnceASecond() {
        ask(RateLimits.REMEMBERED + 1);
        pass(Duration.ofMillis(999));
        limits.count("192.0.2.1");
        assertThat(limits.remembered()).isEqualTo(RateLimits.REMEMBERED + 2);

        pass(Duration.ofMillis(1));
        limits.count("192.0.2.1");

        assertThat(limits.remembered()).isEqualTo(1);
    }

    private void ask(int addresses) {
        for (int i = 0; i < addresses; i++) {
            limits.count("10.0.0." + i);
        }
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }
}
