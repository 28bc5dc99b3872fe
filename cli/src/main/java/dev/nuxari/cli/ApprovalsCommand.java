package dev.nuxari.cli;

import dev.nuxari.cli.api.Api;
import dev.nuxari.cli.api.Fields;
import dev.nuxari.cli.api.Steps;
import dev.nuxari.cli.terminal.Sheet;
import dev.nuxari.cli.terminal.Table;
import dev.nuxari.cli.terminal.Terminal;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Sha256;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deciding about exact plans. */
@Command(
        name = "approvals",
        description = "Read the exact plan, and decide about it.",
        footer = {
            "",
            "Examples:",
            "  nuxari approvals list --state open",
            "  nuxari approvals show 7f3c",
            "  nuxari approvals decide 7f3c --approve --reason \"On call from Monday, agreed with Ada\""
        })
final class ApprovalsCommand {
    private final Terminal terminal;
    private final Door door;

    /** Exactly one of the two. */
    static final class Verdict {
        @Option(names = "--approve", required = true, description = "The plan shall be carried out.")
        private boolean approve;

        @Option(names = "--reject", required = true, description = "It shall not.")
        private boolean reject;

        String spelled() {
            return approve && !reject ? "approve" : "reject";
        }
    }

    ApprovalsCommand(Terminal terminal, Door door) {
        this.terminal = terminal;
        this.door = door;
    }

    @Command(name = "list", description = "List approvals, newest first.")
    int list(
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            description = "open, granted, rejected, expired, withdrawn.")
                    @Nullable
                    String state,
            @Option(names = "--limit", defaultValue = "50", description = "At most this many (default: 50).")
                    int limit) {
        List<Json.Obj> items =
                door.api().list(Query.of("/approvals").with("state", state).path(), limit);
        terminal.answer(Door.items(items), () -> {
            Table table = new Table("ID", "STATE", "RISK", "REQUESTER", "PLAN", "EXPIRES");
            items.forEach(item -> table.row(
                    Fields.text(item, "id"),
                    Fields.text(item, "state"),
                    Fields.text(item, "risk"),
                    Fields.text(item, "requester.displayName"),
                    Steps.summary(item),
                    terminal.time(Fields.text(item, "expiresAt"))));
            table.print(terminal);
        });
        return Exit.DONE.code();
    }

    @Command(name = "show", description = "Show the exact plan, its stages and the decisions about it.")
    int show(@Parameters(paramLabel = "ID") String id) {
        Api api = door.api();
        show(api.get("/approvals/" + Door.id(api, "/approvals", id)));
        return Exit.DONE.code();
    }

    @Command(name = "decide", description = "Decide about the plan as it stands now; its hash is computed here.")
    int decide(
            @Parameters(paramLabel = "ID") String id,
            @ArgGroup(exclusive = true, multiplicity = "1") Verdict verdict,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.") String reason) {
        Api api = door.api();
        String path = "/approvals/" + Door.id(api, "/approvals", id);
        Json.Obj approval = api.get(path);
        Json.Obj decision =
                Json.object("verdict", verdict.spelled(), "reason", reason, "planHash", hashOfPlan(approval));
        show(api.post(path + "/decisions", decision));
        return Exit.DONE.code();
    }

    /** What was read is what is decided about: the hash is never taken from the server's word. */
    private static String hashOfPlan(Json.Obj approval) {
        return Sha256.hexOf(approval.object("plan").canonicalBytes());
    }

    private void show(Json.Obj approval) {
        terminal.answer(approval, () -> {
            new Sheet(terminal)
                    .line("approval", Fields.text(approval, "id"))
                    .line("state", Fields.text(approval, "state"))
                    .line("risk", Fields.text(approval, "risk"))
                    .line("requester", Fields.text(approval, "requester.displayName"))
                    .line("reason", Fields.text(approval, "plan.justification"))
                    .line("expires", terminal.time(Fields.text(approval, "expiresAt")))
                    .line("workflow", Fields.text(approval, "workflowId"))
                    .line("plan hash", Fields.text(approval, "planHash"))
                    .print();
            StepTable.print(terminal, Fields.objects(approval, "plan.steps"));
            stages(approval);
            decisions(approval);
        });
    }

    private void stages(Json.Obj approval) {
        Table stages = new Table("STAGE", "NAME", "STATE", "APPROVALS", "QUORUM", "ROLES");
        Fields.objects(approval, "stages")
                .forEach(stage -> stages.row(
                        Fields.text(stage, "position"),
                        Fields.text(stage, "name"),
                        Fields.text(stage, "state"),
                        Fields.text(stage, "approvals"),
                        Fields.text(stage, "quorum"),
                        Fields.text(stage, "roles")));
        terminal.line("");
        stages.print(terminal);
    }

    private void decisions(Json.Obj approval) {
        List<Json.Obj> made = Fields.objects(approval, "decisions");
        if (made.isEmpty()) {
            return;
        }
        Table decisions = new Table("DECIDED", "MEMBER", "ROLE", "VERDICT", "REASON");
        made.forEach(decision -> decisions.row(
                terminal.time(Fields.text(decision, "at")),
                Fields.text(decision, "member.displayName"),
                Fields.text(decision, "role"),
                Fields.text(decision, "verdict"),
                Fields.text(decision, "reason")));
        terminal.line("");
        decisions.print(terminal);
    }
}
