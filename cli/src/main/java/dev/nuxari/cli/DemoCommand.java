package dev.nuxari.cli;

import dev.nuxari.cli.api.Unreachable;
import dev.nuxari.cli.stack.Running;
import dev.nuxari.cli.terminal.Terminal;
import dev.nuxari.kernel.Json;
import dev.nuxari.platform.Lifetime;
import dev.nuxari.platform.StackOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The main job in one command. */
@Command(
        name = "demo",
        description = {
            "Run the whole loop on real systems, as three people: ask for access, approve the exact plan, have it",
            "carried out, look again, and verify the evidence offline."
        },
        footer = {
            "",
            "Starts the stack unless it runs, and leaves it running: the console stays open until \"nuxari down\".",
            "",
            "Examples:",
            "  nuxari demo",
            "  nuxari demo --exit --output json"
        })
final class DemoCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Place place;

    @Option(names = "--data", paramLabel = "DIR", description = "Where everything durable lies (default: .nuxari).")
    private @Nullable Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "The server's port (default: 8080).")
    private int port;

    @Option(names = "--no-record", description = "Skip what the first start of a build does to make later ones faster.")
    private boolean unrecorded;

    @Option(names = "--exit", description = "Stop what was started when the loop is over.")
    private boolean exit;

    DemoCommand(Terminal terminal, Place place) {
        this.terminal = terminal;
        this.place = place;
    }

    @Override
    public Integer call() {
        Path folder = place.data(data);
        Ports.check(port);
        StackOptions options =
                new StackOptions(folder, port, true, !unrecorded, exit ? Lifetime.OURS : Lifetime.DETACHED);
        try (Running running = Running.on(options, terminal)) {
            terminal.line("Nuxari is ready: " + running.url() + " (" + running.took() + ")");
            if (running.ground().organizations().isEmpty()) {
                throw new Unreachable(
                        "The stack on " + folder + " has no demonstration: it was started with --no-demo.");
            }
            Json.Obj story = running.demonstration(folder, terminal).run();
            terminal.forPrograms(story);
            terminal.line("");
            terminal.line(terminal.colours().strong("Done. The console: " + running.url()));
            Accounts.print(terminal, running.ground());
            end(running, folder);
        }
        return Exit.DONE.code();
    }

    private void end(Running running, Path folder) {
        if (!exit) {
            running.leave();
            terminal.note("The console stays open. To stop everything: ./nuxari down" + place.dataOption(folder));
        } else if (running.isOurs()) {
            terminal.note("Stopping what was started; \"nuxari up\" starts it again.");
        }
    }
}
