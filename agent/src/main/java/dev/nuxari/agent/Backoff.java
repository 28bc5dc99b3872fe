package dev.nuxari.agent;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after so many failures: twice as long each time, and never all agents together. */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MOST_DOUBLINGS = 10;

    private final RandomGenerator random;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    void succeeded() {
        failures = 0;
    }

    /** Between half of the time and all of it, and not shorter than was asked for. */
    Duration failed(Duration atLeast) {
        Duration full = FIRST.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        Duration bounded = full.compareTo(LONGEST) > 0 ? LONGEST : full;
        failures++;
        long half = bounded.toMillis() / 2;
        Duration wait = Duration.ofMillis(half + random.nextLong(half + 1));
        // Those who were told the same time do not come back in the same moment.
        Duration told = atLeast.plusMillis(random.nextLong(atLeast.toMillis() / 4 + 1));
        return wait.compareTo(told) > 0 ? wait : told;
    }
}
