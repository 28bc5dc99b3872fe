package dev.nuxari.server.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The clock of the server under test. It runs, because the database's own clock does, and jumps forward when a test says
 * so. Tests share one server: whoever moves the clock calls {@link #reset} afterwards.
 */
public final class ManualClock implements InstantSource {
    private static final Clock MICROSECONDS = Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS));

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    @Override
    public Instant instant() {
        return MICROSECONDS.instant().plus(ahead.get());
    }

    public void advance(Duration time) {
        ahead.updateAndGet(before -> before.plus(time));
    }

    public void reset() {
        ahead.set(Duration.ZERO);
    }
}
