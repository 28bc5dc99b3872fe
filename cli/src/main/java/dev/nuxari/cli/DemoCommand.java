package dev.nuxari.cli;

import dev.nuxari.cli.api.Unreachable;
import dev.nuxari.cli.stack.Running;
import dev.nuxari.cli.terminal.Terminal;
import dev.nuxari.kernel.Json;
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
            "Starts the stack unless it runs. At a terminal the console then stays open until Ctrl-C.",
            "",
            "Examples:",
            "  nuxari demo",
            "  nuxari demo --exit --output json"
        })
final class DemoCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Place place;
    private final boolean interactive;

    @Option(names = "--data", paramLabel = "DIR", description = "Where everything durable lies (default: .nuxari).")
    private @Nullable Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "The server's port (default: 8080).")
    private int port;

    @Option(names = "--exit", description = "Stop what was started when the loop is over, also at a terminal.")
    private boolean exit;

    DemoCommand(Terminal terminal, Place place, boolean interactive) {
        this.terminal = terminal;
        this.place = place;
        this.interactive = interactive;
    }

    @Override
    public Integer call() {
        Path folder = place.data(data);
        Ports.check(port);
        Running running = Running.on(StackOptions.in(folder, port), terminal);
        terminal.line("Nuxari is ready: " + running.url() + " (" + running.took() + ")");
        if (running.ground().organizations().isEmpty()) {
            throw new Unreachable("The stack on " + folder + " has no demonstration: it was started with --no-demo.");
        }
        Json.Obj story = running.demonstration(folder, terminal).run();
        terminal.forPrograms(story);
        terminal.line("");
        terminal.line(terminal.colours().strong("Done. The console: " + running.url()));
        Accounts.print(terminal, running.ground());
        if (running.isOurs() && interactive && !exit) {
            terminal.note("The console stays open. Press Ctrl-C to stop.");
            throw running.awaitEnd();
        }
        if (running.isOurs()) {
            terminal.note("Stopping what was started; \"nuxari up\" starts it again.");
            running.close();
        }
        return Exit.DONE.code();
    }
}
