package dev.nuxari.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(new Random(7));

    @Test
    void waitsLongerEachTimeAndNeverForEver() {
        Duration longest = Duration.ofSeconds(1);
        for (int failures = 0; failures < 40; failures++) {
            Duration wait = backoff.failed(Duration.ZERO);

            assertThat(wait).isBetween(longest.dividedBy(2), longest);
            longest = longest.multipliedBy(2).compareTo(Duration.ofMinutes(10)) > 0
                    ? Duration.ofMinutes(10)
                    : longest.multipliedBy(2);
        }
    }

    @Test
    void beginsAnewAfterASuccess() {
        for (int failures = 0; failures < 10; failures++) {
            backoff.failed(Duration.ZERO);
        }
        backoff.succeeded();

        assertThat(backoff.failed(Duration.ZERO)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void waitsAsLongAsItIsToldAndNotAllTogether() {
        Set<Duration> waits = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            waits.add(new Backoff(new Random(i)).failed(Duration.ofMinutes(5)));
        }

        assertThat(waits).hasSizeGreaterThan(15).allMatch(wait -> wait.compareTo(Duration.ofMinutes(5)) >= 0);
    }
}
