package dev.nuxari.agent;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * That this process is wanted to end. What only waits is given up at once, and nothing new is begun. What has begun goes on: no thread is
 * interrupted for it, because that would end programs of the host and close files in the middle of a deed.
 */
final class Stop {
    private final CompletableFuture<Void> wanted = new CompletableFuture<>();

    /** It was given up, because the process is to end. */
    static final class GivenUp extends IOException {
        private static final long serialVersionUID = 1L;

        GivenUp() {
            super("the agent is being ended");
        }
    }

    void want() {
        wanted.complete(null);
    }

    boolean isWanted() {
        return wanted.isDone();
    }

    /**
     * Waits for a result, not longer than this.
     *
     * @throws GivenUp if the end was wanted before there was one
     */
    <T> T await(CompletableFuture<T> result, Duration atMost)
            throws GivenUp, InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture.anyOf(wanted, result.handle((_, _) -> true)).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (!result.isDone()) {
            throw new GivenUp();
        }
        return result.get();
    }

    /** Until the time is over, or the end is wanted. */
    void sleep(Duration time) throws InterruptedException {
        try {
            wanted.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return; // it was slept long enough
        } catch (ExecutionException e) {
            throw new IllegalStateException("nobody fails to want", e);
        }
    }
}
