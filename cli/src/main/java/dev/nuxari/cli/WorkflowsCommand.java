package dev.nuxari.cli;

import dev.nuxari.cli.api.Api;
import dev.nuxari.cli.api.Fields;
import dev.nuxari.cli.api.Steps;
import dev.nuxari.cli.api.Watch;
import dev.nuxari.cli.terminal.Sheet;
import dev.nuxari.cli.terminal.Table;
import dev.nuxari.cli.terminal.Terminal;
import dev.nuxari.kernel.Json;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What was approved, being carried out. */
@Command(
        name = "workflows",
        description = "Follow what was approved until it is done, and help it on when a system was down.",
        footer = {
            "",
            "Examples:",
            "  nuxari workflows list --state failed",
            "  nuxari workflows watch 7f3c",
            "  nuxari workflows retry 7f3c"
        })
final class WorkflowsCommand {
    private final Terminal terminal;
    private final Door door;

    WorkflowsCommand(Terminal terminal, Door door) {
        this.terminal = terminal;
        this.door = door;
    }

    @Command(name = "list", description = "List workflows, newest first.")
    int list(
            @Option(names = "--state", paramLabel = "STATE", description = "For example running, waiting, failed.")
                    @Nullable
                    String state,
            @Option(names = "--limit", defaultValue = "50", description = "At most this many (default: 50).")
                    int limit) {
        List<Json.Obj> items =
                door.api().list(Query.of("/workflows").with("state", state).path(), limit);
        terminal.answer(Door.items(items), () -> {
            Table table = new Table("ID", "STATE", "PLAN", "CREATED", "ENDED");
            items.forEach(item -> table.row(
                    Fields.text(item, "id"),
                    Fields.text(item, "state"),
                    Steps.summary(item),
                    terminal.time(Fields.text(item, "createdAt")),
                    terminal.time(Fields.text(item, "endedAt"))));
            table.print(terminal);
        });
        return Exit.DONE.code();
    }

    @Command(name = "show", description = "Show one workflow with its timeline.")
    int show(@Parameters(paramLabel = "ID") String id) {
        Api api = door.api();
        show(api.get("/workflows/" + Door.id(api, "/workflows", id)));
        return Exit.DONE.code();
    }

    @Command(name = "watch", description = "Follow a workflow until it ends; exit code 1 when it did not complete.")
    int watch(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--seconds", defaultValue = "600", description = "Give up after this long (default: 600).")
                    int seconds) {
        Api api = door.api();
        Watch watch = new Watch(api, Duration.ofSeconds(seconds));
        Json.Obj ended = watch.untilEnd(Door.id(api, "/workflows", id), entry -> terminal.line(entry(entry)));
        terminal.answer(ended, () -> show(ended));
        return Fields.text(ended, "state").equals("completed") ? Exit.DONE.code() : Exit.REFUSED.code();
    }

    @Command(name = "retry", description = "Continue a failed workflow where it stopped.")
    int retry(@Parameters(paramLabel = "ID") String id) {
        Api api = door.api();
        String found = Door.id(api, "/workflows", id);
        api.post("/workflows/" + found + "/retries", Json.object());
        show(api.get("/workflows/" + found));
        return Exit.DONE.code();
    }

    private String entry(Json.Obj entry) {
        String detail = Fields.text(entry, "detail");
        return terminal.time(Fields.text(entry, "at")) + "  " + Table.harmless(Fields.text(entry, "title"))
                + (detail.isEmpty() ? "" : ": " + Table.harmless(detail));
    }

    private void show(Json.Obj workflow) {
        terminal.answer(workflow, () -> {
            new Sheet(terminal)
                    .line("workflow", Fields.text(workflow, "id"))
                    .line("state", Fields.text(workflow, "state"))
                    .line("request", Fields.text(workflow, "requestId"))
                    .line("approval", Fields.text(workflow, "approvalRef"))
                    .line("plan hash", Fields.text(workflow, "planHash"))
                    .line("failure", failure(workflow))
                    .line("next attempt", terminal.time(Fields.text(workflow, "nextAttemptAt")))
                    .line("evidence", Fields.text(workflow, "evidencePackageId"))
                    .print();
            StepTable.print(terminal, Fields.objects(workflow, "steps"));
            terminal.line("");
            Fields.objects(workflow, "timeline").forEach(entry -> terminal.line(entry(entry)));
        });
    }

    private static String failure(Json.Obj workflow) {
        String kind = Fields.text(workflow, "failure.class");
        return kind.isEmpty() ? "" : kind + ": " + Fields.text(workflow, "failure.reason");
    }
}
