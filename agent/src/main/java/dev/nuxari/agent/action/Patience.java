package dev.nuxari.agent.action;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How long files are waited for. Opening one waits without an end if somebody has put a pipe in its place since it was looked at; the thread
 * that waits for it is left alone then, and nothing else waits for it.
 */
final class Patience {
    private static final Duration USUAL = Duration.ofSeconds(20);

    private Patience() {}

    /** Something with files. */
    interface Reading<T> {
        T read() throws IOException;
    }

    /** It has not ended in time. */
    static final class TookTooLong extends IOException {
        private static final long serialVersionUID = 1L;

        TookTooLong() {
            super("a file could not be opened in time");
        }
    }

    static <T> T with(Reading<T> reading) throws IOException {
        return with(USUAL, reading);
    }

    static <T> T with(Duration patience, Reading<T> reading) throws IOException {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("files").start(() -> {
            try {
                result.complete(reading.read());
            } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new TookTooLong();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TookTooLong();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
