package dev.nuxari.cli;

import dev.nuxari.cli.api.Api;
import dev.nuxari.cli.api.Fields;
import dev.nuxari.cli.terminal.Table;
import dev.nuxari.cli.terminal.Terminal;
import dev.nuxari.kernel.Json;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who did what, when, to what, with what outcome. */
@Command(
        name = "audit",
        description = "Search the audit log, and take away what was found with its proofs.",
        footer = {
            "",
            "Examples:",
            "  nuxari audit list --action approval. --from 2026-01-01T00:00:00Z",
            "  nuxari audit list --following REQUEST",
            "  nuxari audit export --outcome refused --file refused.jsonl --trusted-root keys.json",
            "  nuxari verify refused.jsonl --trusted-root keys.json"
        })
final class AuditCommand {
    private static final String LIST = "/audit-events";

    private final Terminal terminal;
    private final Door door;

    AuditCommand(Terminal terminal, Door door) {
        this.terminal = terminal;
        this.door = door;
    }

    @Command(name = "list", description = "List audit events, newest first.")
    int list(
            @Mixin AuditFilters filters,
            @Option(names = "--limit", defaultValue = "50", description = "At most this many (default: 50).")
                    int limit) {
        List<Json.Obj> items = door.api().list(filters.path(LIST), limit);
        terminal.answer(Door.items(items), () -> {
            Table table = new Table("INDEX", "AT", "ACTOR", "ACTION", "OUTCOME", "TARGET");
            items.forEach(item -> table.row(
                    Fields.text(item, "sequence"),
                    terminal.time(Fields.text(item, "at")),
                    actor(item),
                    Fields.text(item, "action"),
                    Fields.text(item, "outcome"),
                    Fields.text(item, "target.type") + " " + Fields.text(item, "target.id")));
            table.print(terminal);
        });
        return Exit.DONE.code();
    }

    @Command(name = "export", description = "Write what is found to a file that verifies without the server.")
    int export(
            @Mixin AuditFilters filters,
            @Option(names = "--file", paramLabel = "FILE", description = "Where to; by default audit.jsonl.") @Nullable
                    Path file,
            @Option(
                            names = "--trusted-root",
                            paramLabel = "FILE",
                            description = "Write the organization's keys as well.")
                    @Nullable
                    Path trustedRoot) {
        Api api = door.api();
        Path target = file == null ? Path.of("audit.jsonl") : file;
        LocalFile.replace(target, api.download(filters.path(LIST + "/export")));
        if (trustedRoot != null) {
            LocalFile.replace(trustedRoot, api.keys());
        }
        terminal.answer(Json.object("file", target.toString()), () -> {
            terminal.line("Wrote " + target);
            terminal.line("Verify it without the server: nuxari verify " + target
                    + (trustedRoot == null ? "" : " --trusted-root " + trustedRoot));
        });
        return Exit.DONE.code();
    }

    private static String actor(Json.Obj item) {
        String name = Fields.text(item, "actor.displayName");
        return name.isEmpty() ? Fields.text(item, "actor.type") + ":" + Fields.text(item, "actor.id") : name;
    }
}
