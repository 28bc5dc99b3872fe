package dev.nuxari.cli;

import dev.nuxari.cli.terminal.Terminal;
import dev.nuxari.kernel.Json;
import dev.nuxari.platform.Stack;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stops what runs in the background. */
@Command(
        name = "down",
        description = "Stop the stack that runs on a data folder. Its data stays.",
        footer = {"", "Examples:", "  nuxari down", "  nuxari down --data /srv/nuxari"})
final class DownCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Place place;

    @Option(names = "--data", paramLabel = "DIR", description = "Its data folder (default: .nuxari).")
    private @Nullable Path data;

    DownCommand(Terminal terminal, Place place) {
        this.terminal = terminal;
        this.place = place;
    }

    @Override
    public Integer call() {
        Path folder = place.data(data);
        boolean was = Stack.down(folder);
        terminal.answer(
                Json.object("data", folder.toString(), "wasRunning", was),
                () -> terminal.line(was ? "Stopped what ran on " + folder : "Nothing runs on " + folder));
        return Exit.DONE.code();
    }
}
