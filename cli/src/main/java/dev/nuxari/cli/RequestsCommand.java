package dev.nuxari.cli;

import dev.nuxari.cli.api.Api;
import dev.nuxari.cli.api.Fields;
import dev.nuxari.cli.terminal.Sheet;
import dev.nuxari.cli.terminal.Table;
import dev.nuxari.cli.terminal.Terminal;
import dev.nuxari.kernel.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asking for access. */
@Command(
        name = "requests",
        description = "Ask for access, and see what became of it.",
        footer = {
            "",
            "Examples:",
            "  nuxari requests create --entitlement 7f3c --reason \"On call from Monday\"",
            "  nuxari requests create --operation revoke --entitlement 7f3c --reason \"Left the team\"",
            "  nuxari requests list --mine"
        })
final class RequestsCommand {
    private final Terminal terminal;
    private final Door door;

    RequestsCommand(Terminal terminal, Door door) {
        this.terminal = terminal;
        this.door = door;
    }

    @Command(name = "list", description = "List requests, newest first.")
    int list(
            @Option(names = "--mine", description = "Only your own.") boolean mine,
            @Option(names = "--state", paramLabel = "STATE", description = "draft, submitted, decided or cancelled.")
                    @Nullable
                    String state,
            @Option(names = "--limit", defaultValue = "50", description = "At most this many (default: 50).")
                    int limit) {
        String path = Query.of("/requests")
                .with("mine", mine ? "true" : null)
                .with("state", state)
                .path();
        List<Json.Obj> items = door.api().list(path, limit);
        terminal.answer(Door.items(items), () -> {
            Table table = new Table("ID", "STATE", "OPERATION", "ENTITLEMENT", "ACCOUNT", "REQUESTER", "CREATED");
            items.forEach(item -> table.row(
                    Fields.text(item, "id"),
                    Fields.text(item, "state"),
                    Fields.text(item, "operation"),
                    Fields.text(item, "entitlement.name"),
                    Fields.text(item, "account.displayName"),
                    Fields.text(item, "requester.displayName"),
                    terminal.time(Fields.text(item, "createdAt"))));
            table.print(terminal);
        });
        return Exit.DONE.code();
    }

    @Command(name = "show", description = "Show one request.")
    int show(@Parameters(paramLabel = "ID") String id) {
        Api api = door.api();
        show(api.get("/requests/" + Door.id(api, "/requests", id)));
        return Exit.DONE.code();
    }

    @Command(name = "create", description = "Ask for access, or for its end.")
    int create(
            @Option(names = "--entitlement", paramLabel = "ID", description = "What is asked for.") @Nullable
                    String entitlement,
            @Option(names = "--account", paramLabel = "ID", description = "For which account; by default your own.")
                    @Nullable
                    String account,
            @Option(names = "--operation", defaultValue = "grant", description = "grant (default), revoke or disable.")
                    String operation,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.") String reason) {
        Api api = door.api();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("operation", operation);
        body.put("justification", reason);
        if (entitlement != null) {
            body.put("entitlementId", Door.id(api, "/entitlements", entitlement));
        }
        if (account != null) {
            body.put("accountId", account);
        }
        if (Json.of(body) instanceof Json.Obj request) {
            show(api.post("/requests", request));
        }
        return Exit.DONE.code();
    }

    @Command(name = "cancel", description = "Withdraw a request that is not decided yet.")
    int cancel(@Parameters(paramLabel = "ID") String id) {
        Api api = door.api();
        String found = Door.id(api, "/requests", id);
        api.post("/requests/" + found + "/cancellations", Json.object());
        show(api.get("/requests/" + found));
        return Exit.DONE.code();
    }

    private void show(Json.Obj request) {
        terminal.answer(
                request,
                () -> new Sheet(terminal)
                        .line("request", Fields.text(request, "id"))
                        .line("state", Fields.text(request, "state"))
                        .line("operation", Fields.text(request, "operation"))
                        .line("entitlement", Fields.text(request, "entitlement.name"))
                        .line("system", Fields.text(request, "entitlement.connectorName"))
                        .line("risk", Fields.text(request, "risk"))
                        .line("account", Fields.text(request, "account.displayName"))
                        .line("requester", Fields.text(request, "requester.displayName"))
                        .line("reason", Fields.text(request, "justification"))
                        .line("created", terminal.time(Fields.text(request, "createdAt")))
                        .line("approval", Fields.text(request, "approvalId"))
                        .line("workflow", Fields.text(request, "workflowId"))
                        .line("evidence", Fields.text(request, "evidencePackageId"))
                        .line("plan hash", Fields.text(request, "planHash"))
                        .print());
    }
}
