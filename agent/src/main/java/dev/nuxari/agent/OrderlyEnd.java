package dev.nuxari.agent;

import dev.nuxari.agent.action.Action;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds the end of the process back (SIGTERM) until what has begun has ended and is written down. Java ends as soon as its hooks have, whatever
 * else is under way; so this one waits.
 */
final class OrderlyEnd implements AutoCloseable {
    /** An action gives up before, and the unit kills a little later (TimeoutStopSec): what is open then is resolved at the next start. */
    static final Duration LONGEST = Duration.ofSeconds(Action.LONGEST_SECONDS + 5L);

    private final Stop stop;
    private final Duration longest;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    /** From now on until it is closed, a signal becomes a wish. */
    OrderlyEnd(Stop stop, Duration longest) {
        this.stop = stop;
        this.longest = longest;
        this.hook = Thread.ofPlatform().name("orderly-end").unstarted(this::await);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void await() {
        stop.want();
        try {
            boolean inTime = ended.await(longest.toMillis(), TimeUnit.MILLISECONDS);
            if (!inTime) {
                // Java's loggers are closed by a hook as well.
                System.err.println("What was begun has not ended; the next start looks what became of it.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nothing is under way any more. */
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // it runs, and has just been let go
        }
    }
}
