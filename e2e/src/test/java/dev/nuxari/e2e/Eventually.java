package dev.nuxari.e2e;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, up to a deadline. */
final class Eventually {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private Eventually() {}

    static void isTrue(String what, Duration patience, BooleanSupplier condition) {
        get(what, patience, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    static <T> T get(String what, Duration patience, Supplier<Optional<T>> question) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<T> answer = question.get();
            if (answer.isPresent()) {
                return answer.get();
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + patience.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
