package dev.nuxari.cli;

import dev.nuxari.cli.terminal.Terminal;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Says every few seconds how far a long verification has come. */
final class SignOfLife implements LongConsumer {
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(2);

    private final Terminal terminal;
    private long lastShown = System.nanoTime();

    SignOfLife(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void accept(long verified) {
        if (System.nanoTime() - lastShown > PAUSE) {
            terminal.note("  … %,d entries verified".formatted(verified));
            lastShown = System.nanoTime();
        }
    }
}
