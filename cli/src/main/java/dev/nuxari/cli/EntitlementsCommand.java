package dev.nuxari.cli;

import dev.nuxari.cli.api.Fields;
import dev.nuxari.cli.terminal.Table;
import dev.nuxari.cli.terminal.Terminal;
import dev.nuxari.kernel.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What can be asked for. */
@Command(
        name = "entitlements",
        description = "Search the catalogue of what can be asked for.",
        footer = {"", "Examples:", "  nuxari entitlements list --query billing --risk high"})
final class EntitlementsCommand {
    private final Terminal terminal;
    private final Door door;

    EntitlementsCommand(Terminal terminal, Door door) {
        this.terminal = terminal;
        this.door = door;
    }

    @Command(name = "list", description = "List entitlements of all connected systems.")
    int list(
            @Option(names = "--query", paramLabel = "TEXT", description = "Words in name or description.") @Nullable
                    String query,
            @Option(names = "--connector", paramLabel = "ID", description = "Only those of this system.") @Nullable
                    String connector,
            @Option(names = "--risk", paramLabel = "RISK", description = "low, medium, high or critical.") @Nullable
                    String risk,
            @Option(names = "--limit", defaultValue = "50", description = "At most this many (default: 50).")
                    int limit) {
        String path = Query.of("/entitlements")
                .with("query", query)
                .with("connectorId", connector)
                .with("risk", risk)
                .path();
        List<Json.Obj> items = door.api().list(path, limit);
        terminal.answer(Door.items(items), () -> {
            Table table = new Table("ID", "SYSTEM", "KIND", "NAME", "RISK", "HOLDERS", "HELD");
            items.forEach(item -> table.row(
                    Fields.text(item, "id"),
                    Fields.text(item, "connectorName"),
                    Fields.text(item, "kind"),
                    Fields.text(item, "name"),
                    Fields.text(item, "risk"),
                    Fields.text(item, "holders"),
                    Fields.truth(item, "held") ? "yes" : ""));
            table.print(terminal);
        });
        return Exit.DONE.code();
    }
}
