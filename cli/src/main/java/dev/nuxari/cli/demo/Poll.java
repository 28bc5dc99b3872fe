package dev.nuxari.cli.demo;

import dev.nuxari.cli.api.Unreachable;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks again until there is an answer, or the time is over. */
final class Poll {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private Poll() {}

    static <T> T until(String what, Duration patience, Supplier<Optional<T>> question) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<T> answer = question.get();
            if (answer.isPresent()) {
                return answer.get();
            }
            if (System.nanoTime() > deadline) {
                throw new Unreachable("Waited " + patience.toSeconds() + " s for " + what + ", in vain.");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable("Interrupted while waiting.", e);
        }
    }
}
