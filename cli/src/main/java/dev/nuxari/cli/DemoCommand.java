package dev.nuxari.cli;

import dev.nuxari.cli.api.Unreachable;
import dev.nuxari.cli.stack.Running;
import dev.nuxari.cli.terminal.Terminal;
import dev.nuxari.kernel.Json;
import dev.nuxari.platform.Lifetime;
import dev.nuxari.platform.StackOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private final Start start = new Start();

    @Option(names = "--exit", description = "Stop what was started when the loop is over.")
    private boolean exit;

    DemoCommand(Terminal terminal, Place place) {
        this.terminal = terminal;
        this.place = place;
    }

    @Override
    public Integer call() {
        StackOptions options = start.options(place, true, exit ? Lifetime.OURS : Lifetime.DETACHED);
        Path folder = options.data();
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
