package dev.nuxari.cli.stack;

import dev.nuxari.cli.terminal.Terminal;
import dev.nuxari.platform.Progress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Says what is being done, and every few seconds that it still is. Steps may come from several threads. */
final class ShownProgress implements Progress, AutoCloseable {
    private static final long SIGN_OF_LIFE = 5;

    private final Terminal terminal;
    private final long began = System.nanoTime();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("progress").factory());
    private long lastShown = System.nanoTime();

    ShownProgress(Terminal terminal) {
        this.terminal = terminal;
        var _ = clock.scheduleAtFixedRate(this::signOfLife, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public synchronized void step(String what) {
        terminal.note("  " + what);
        lastShown = System.nanoTime();
    }

    private synchronized void signOfLife() {
        if (System.nanoTime() - lastShown > TimeUnit.SECONDS.toNanos(SIGN_OF_LIFE)) {
            terminal.note("  … " + elapsed().toSeconds() + " s");
            lastShown = System.nanoTime();
        }
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
