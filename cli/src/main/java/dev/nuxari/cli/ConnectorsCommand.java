package dev.nuxari.cli;

import dev.nuxari.cli.api.Api;
import dev.nuxari.cli.api.Fields;
import dev.nuxari.cli.terminal.Table;
import dev.nuxari.cli.terminal.Terminal;
import dev.nuxari.kernel.Json;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The governed systems. */
@Command(
        name = "connectors",
        description = "List the governed systems, and look at one again.",
        footer = {"", "Examples:", "  nuxari connectors list", "  nuxari connectors observe 7f3c"})
final class ConnectorsCommand {
    private final Terminal terminal;
    private final Door door;

    ConnectorsCommand(Terminal terminal, Door door) {
        this.terminal = terminal;
        this.door = door;
    }

    @Command(name = "list", description = "List the connected systems and their health.")
    int list(
            @Option(names = "--limit", defaultValue = "50", description = "At most this many (default: 50).")
                    int limit) {
        List<Json.Obj> items = door.api().list("/connectors", limit);
        terminal.answer(Door.items(items), () -> {
            Table table = new Table("ID", "KIND", "NAME", "HEALTH", "ACCOUNTS", "ENTITLEMENTS", "OBSERVED");
            items.forEach(item -> table.row(
                    Fields.text(item, "id"),
                    Fields.text(item, "kind"),
                    Fields.text(item, "name"),
                    Fields.text(item, "health"),
                    Fields.text(item, "accounts"),
                    Fields.text(item, "entitlements"),
                    terminal.time(Fields.text(item, "lastObservedAt"))));
            table.print(terminal);
        });
        return Exit.DONE.code();
    }

    @Command(name = "observe", description = "Read all accounts and assignments of a system again.")
    int observe(@Parameters(paramLabel = "ID") String id) {
        Api api = door.api();
        String found = Door.id(api, "/connectors", id);
        Json.Obj begun = api.post("/connectors/" + found + "/observations", Json.object());
        terminal.answer(begun, () -> terminal.line("Observation " + Fields.text(begun, "id") + " has begun."));
        return Exit.DONE.code();
    }
}
