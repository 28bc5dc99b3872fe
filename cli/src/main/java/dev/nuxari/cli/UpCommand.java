package dev.nuxari.cli;

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

/** Starts everything. */
@Command(
        name = "up",
        description = "Start PostgreSQL, Keycloak, the server with its console, and the demonstration's systems.",
        footer = {
            "",
            "Examples:",
            "  nuxari up                     until Ctrl-C",
            "  nuxari up --detach            in the background; nuxari down stops it",
            "  nuxari up --data /srv/nuxari --port 8090 --no-demo"
        })
final class UpCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Place place;

    @Mixin
    private final Start start = new Start();

    @Option(names = "--no-demo", description = "Without the two organizations of the demonstration.")
    private boolean empty;

    @Option(names = "--detach", description = "Return when everything is ready, and let it run.")
    private boolean detach;

    UpCommand(Terminal terminal, Place place) {
        this.terminal = terminal;
        this.place = place;
    }

    @Override
    public Integer call() {
        StackOptions options = start.options(place, !empty, detach ? Lifetime.DETACHED : Lifetime.OURS);
        Path folder = options.data();
        Running running = Running.on(options, terminal);
        if (running.isOurs() && !empty) {
            running.demonstration(folder, terminal).connectOnce();
        }
        terminal.answer(Json.object("url", running.url(), "data", folder.toString()), () -> {
            terminal.line("");
            terminal.line("Nuxari is ready: " + running.url() + " (" + running.took() + ")");
            Accounts.print(terminal, running.ground());
            terminal.line("Mails that it sends are put into " + folder.resolve("mail"));
        });
        if (detach) {
            running.leave();
            terminal.note("To stop everything: ./nuxari down" + place.dataOption(folder));
        } else if (running.isOurs()) {
            terminal.note("Press Ctrl-C to stop.");
            throw running.awaitEnd();
        }
        return Exit.DONE.code();
    }
}
