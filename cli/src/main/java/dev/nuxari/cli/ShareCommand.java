package dev.nuxari.cli;

import dev.nuxari.cli.api.Api;
import dev.nuxari.cli.api.Fields;
import dev.nuxari.cli.terminal.Sheet;
import dev.nuxari.cli.terminal.Table;
import dev.nuxari.cli.terminal.Terminal;
import dev.nuxari.kernel.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Links for people without an account. */
@Command(
        name = "share",
        description = "Let somebody without an account read one evidence package, or part of the audit log.",
        footer = {
            "",
            "Examples:",
            "  nuxari share create --evidence 7f3c --recipient \"Ernst, external auditor\"",
            "  nuxari share create --action approval. --from 2026-01-01T00:00:00Z --recipient Ernst --days 30",
            "  nuxari share list",
            "  nuxari share revoke 7f3c"
        })
final class ShareCommand {
    private static final String LIST = "/shares";
    private static final String PACKAGES = "/evidence-packages";

    private final Terminal terminal;
    private final Door door;

    ShareCommand(Terminal terminal, Door door) {
        this.terminal = terminal;
        this.door = door;
    }

    /** For whom, for how long, how often. */
    static final class Conditions {
        @Option(
                names = "--recipient",
                required = true,
                paramLabel = "TEXT",
                description = "For whom the link is; stands in the audit log.")
        private String recipient = "";

        @Option(names = "--days", defaultValue = "7", description = "Valid for so many days, 90 at most (default: 7).")
        private int days;

        @Option(names = "--uses", paramLabel = "N", description = "How often it may be opened; as often as one likes.")
        private @Nullable Integer uses;

        Json.Obj json() {
            Json.Obj json = Json.object("recipient", recipient, "validDays", days);
            return uses == null ? json : json.with("mostUses", uses);
        }
    }

    @Command(
            name = "create",
            description = "Make a link: to a package with --evidence, else to the events that the filters find."
                    + " It is shown once.")
    int create(
            @Option(names = "--evidence", paramLabel = "ID", description = "The evidence package to share.") @Nullable
                    String evidence,
            @Mixin Conditions conditions,
            @Mixin AuditFilters filters) {
        Json.Obj filter = filters.json();
        boolean filtered = !filter.members().isEmpty();
        if (evidence != null && filtered) {
            throw new Usage("A link shares a package, or what filters find; not both.");
        }
        if (evidence == null && !filtered) {
            throw new Usage("Say what to share: --evidence ID, or filters such as --action approval.");
        }
        Api api = door.api();
        Json.Obj created = evidence == null
                ? api.post("/audit-events/shares", conditions.json().with("filter", filter))
                : api.post(PACKAGES + "/" + Door.id(api, PACKAGES, evidence) + "/shares", conditions.json());
        String link = api.server().resolve("/shared") + "#" + Fields.text(created, "token");
        terminal.answer(created.with("link", link), () -> {
            sheet(created.object("share"));
            terminal.line("");
            terminal.line("The link, which is shown now and never again:");
            terminal.line(link);
        });
        return Exit.DONE.code();
    }

    @Command(name = "list", description = "List links, newest first.")
    int list(
            @Option(names = "--limit", defaultValue = "50", description = "At most this many (default: 50).")
                    int limit) {
        List<Json.Obj> items = door.api().list(LIST, limit);
        terminal.answer(Door.items(items), () -> {
            Table table = new Table("ID", "STATE", "RECIPIENT", "SHARES", "USES", "EXPIRES", "MADE BY");
            items.forEach(item -> table.row(
                    Fields.text(item, "id"),
                    Fields.text(item, "state"),
                    Fields.text(item, "recipient"),
                    shared(item),
                    Fields.text(item, "uses"),
                    terminal.time(Fields.text(item, "expiresAt")),
                    Fields.text(item, "createdBy.displayName")));
            table.print(terminal);
        });
        return Exit.DONE.code();
    }

    @Command(name = "show", description = "Show one link: who opened it, when and from which network.")
    int show(@Parameters(paramLabel = "ID") String id) {
        Api api = door.api();
        Json.Obj found = api.get(LIST + "/" + Door.id(api, LIST, id));
        terminal.answer(found, () -> {
            sheet(found.object("share"));
            terminal.line("");
            Table trail = new Table("AT", "WHAT", "OUTCOME", "NETWORK", "PROGRAM");
            Fields.objects(found, "trail")
                    .forEach(event -> trail.row(
                            terminal.time(Fields.text(event, "at")),
                            Fields.text(event, "action"),
                            Fields.text(event, "outcome"),
                            Fields.text(event, "network"),
                            Fields.text(event, "userAgent")));
            trail.print(terminal);
        });
        return Exit.DONE.code();
    }

    @Command(name = "revoke", description = "End a link at once.")
    int revoke(@Parameters(paramLabel = "ID") String id) {
        Api api = door.api();
        Json.Obj revoked = api.post(LIST + "/" + Door.id(api, LIST, id) + "/revocations", Json.object());
        terminal.answer(revoked, () -> sheet(revoked));
        return Exit.DONE.code();
    }

    private void sheet(Json.Obj share) {
        new Sheet(terminal)
                .line("link", Fields.text(share, "id"))
                .line("state", Fields.text(share, "state"))
                .line("recipient", Fields.text(share, "recipient"))
                .line("shares", shared(share))
                .line("expires", terminal.time(Fields.text(share, "expiresAt")))
                .line("uses", Fields.text(share, "uses"))
                .line("made by", Fields.text(share, "createdBy.displayName"))
                .print();
    }

    private static String shared(Json.Obj share) {
        String evidence = Fields.text(share, "packageId");
        return evidence.isEmpty() ? "events " + Fields.text(share, "filter") : "package " + evidence;
    }
}
