package dev.nuxari.cli.stack;

import dev.nuxari.cli.demo.Demonstration;
import dev.nuxari.cli.demo.Ground;
import dev.nuxari.cli.demo.Narrator;
import dev.nuxari.cli.terminal.Terminal;
import dev.nuxari.platform.PlatformFailure;
import dev.nuxari.platform.Stack;
import dev.nuxari.platform.StackFile;
import dev.nuxari.platform.StackOptions;
import dev.nuxari.platform.demonstration.DemonstrationSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A stack that runs: one that was found running, or one that this program has started and therefore stops. */
public final class Running implements AutoCloseable {
    private static volatile boolean stopping;

    private final StackFile file;
    private final @Nullable Stack own;
    private final Duration took;
    private boolean left;

    private Running(StackFile file, @Nullable Stack own, Duration took) {
        this.file = file;
        this.own = own;
        this.took = took;
    }

    /**
     * What runs on the data, or else what the options say. A started stack ends with this program unless it is {@linkplain
     * #leave left}.
     */
    public static Running on(StackOptions options, Terminal terminal) {
        Optional<StackFile> found = Stack.running(options.data());
        if (found.isPresent()) {
            return new Running(found.get(), null, Duration.ZERO);
        }
        try (ShownProgress progress = new ShownProgress(terminal)) {
            terminal.note("Starting Nuxari on " + options.data());
            Stack stack = Stack.up(options, progress);
            Running running = new Running(stack.file(), stack, progress.elapsed());
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(running::stop));
            return running;
        }
    }

    public String url() {
        return file.url();
    }

    /** Whether this program has started it. */
    public boolean isOurs() {
        return own != null;
    }

    /** How long the start took; nothing when it was running already. */
    public String took() {
        return own == null ? "it was running already" : String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }

    public Ground ground() {
        return Ground.of(file.content());
    }

    /** The demonstration on this stack. */
    public Demonstration demonstration(Path data, Terminal terminal) {
        Narrator narrator = new Narrator(terminal, InstantSource.system(), ZoneId.systemDefault());
        return new Demonstration(ground(), data, narrator, this::drift);
    }

    /** Changes governed systems past Nuxari, with the rights of whoever operates them. */
    private void drift(Ground.Organization organization) {
        DemonstrationSystems.drift(organization.slug(), organization.systems(), file.keycloakAdmin());
    }

    /** Waits until a part of the stack ends, which none does by itself. */
    public PlatformFailure awaitEnd() {
        if (own == null) {
            throw new IllegalStateException("whoever started the stack waits for it");
        }
        String part = own.awaitEnd();
        return new PlatformFailure("The part \"" + part + "\" has ended by itself; its log is in " + file.data()
                + "/logs. The rest is being stopped.");
    }

    /** Whether this program is being ended, and stops the stack for that reason: what fails now is a consequence. */
    public static boolean isStopping() {
        return stopping;
    }

    private void stop() {
        stopping = true;
        close();
    }

    /** Lets a stack that was started to outlive this program do so. */
    public synchronized void leave() {
        left = true;
        if (own != null) {
            own.leave();
        }
    }

    /** Stops the stack if this program has started it and not left it. */
    @Override
    public synchronized void close() {
        if (own != null && !left && Stack.running(file.data()).isPresent()) {
            own.close();
        }
    }
}
