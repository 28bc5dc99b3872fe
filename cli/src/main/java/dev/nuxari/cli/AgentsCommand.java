package dev.nuxari.cli;

import dev.nuxari.cli.api.Api;
import dev.nuxari.cli.api.Fields;
import dev.nuxari.cli.terminal.Sheet;
import dev.nuxari.cli.terminal.Table;
import dev.nuxari.cli.terminal.Terminal;
import dev.nuxari.kernel.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The edge agents of the organization, from outside of their hosts. On the host it is {@code nuxari agent}. */
@Command(
        name = "agents",
        description = "Name edge agents, have hosts enrol as them, look at them and end them.",
        footer = {
            "",
            "Examples:",
            "  nuxari agents add db1.example",
            "  nuxari agents list --health silent",
            "  nuxari agents show 7f3c",
            "  nuxari agents enrolment 7f3c",
            "  nuxari agents revoke 7f3c --lost",
            "  nuxari agents update 0.2.0 --releases releases --percent 10"
        })
final class AgentsCommand {
    private static final String LIST = "/agents";
    private static final int MOST = 10_000;

    private final Terminal terminal;
    private final Door door;

    AgentsCommand(Terminal terminal, Door door) {
        this.terminal = terminal;
        this.door = door;
    }

    @Command(name = "list", description = "List the agents by name: how they are, and what to look at.")
    int list(
            @Option(names = "--query", paramLabel = "TEXT", description = "Words in the name or in the host's.")
                    @Nullable
                    String query,
            @Option(names = "--state", paramLabel = "STATE", description = "pending, active, revoked or lost.")
                    @Nullable
                    String state,
            @Option(names = "--health", paramLabel = "HEALTH", description = "online, late or silent.") @Nullable
                    String health,
            @Option(names = "--limit", defaultValue = "50", description = "At most this many (default: 50).")
                    int limit) {
        String path = Query.of(LIST)
                .with("query", query)
                .with("state", state)
                .with("health", health)
                .path();
        List<Json.Obj> items = door.api().list(path, limit);
        terminal.answer(Door.items(items), () -> {
            Table table = new Table(
                    "ID", "STATE", "HEALTH", "NAME", "HOST", "VERSION", "LAST SEEN", "IN FLIGHT", "TO LOOK AT");
            items.forEach(item -> table.row(
                    Fields.text(item, "id"),
                    Fields.text(item, "state"),
                    Fields.text(item, "health"),
                    Fields.text(item, "name"),
                    Fields.text(item, "host.name"),
                    Fields.text(item, "host.version"),
                    terminal.time(Fields.text(item, "host.lastSeenAt")),
                    Fields.text(item, "packagesInFlight"),
                    Fields.text(item, "warnings")));
            table.print(terminal);
        });
        return Exit.DONE.code();
    }

    @Command(name = "show", description = "Show one agent, its orders and what it said became of them.")
    int show(@Parameters(paramLabel = "ID") String id) {
        Api api = door.api();
        Json.Obj found = api.get(path(api, id));
        terminal.answer(found, () -> {
            sheet(found.object("agent"));
            terminal.line("");
            findings(found);
            Table orders = new Table("ORDER", "SIGNED", "EXPIRES", "OUTCOME", "WORKFLOW", "APPROVAL");
            Fields.objects(found, "packages")
                    .forEach(order -> orders.row(
                            Fields.text(order, "sequence"),
                            terminal.time(Fields.text(order, "createdAt")),
                            terminal.time(Fields.text(order, "expiresAt")),
                            Fields.text(order, "outcome"),
                            Fields.text(order, "workflowId"),
                            Fields.text(order, "approvalId")));
            orders.print(terminal);
        });
        return Exit.DONE.code();
    }

    private void findings(Json.Obj found) {
        List<Json.Obj> findings = Fields.objects(found, "findings");
        if (!findings.isEmpty()) {
            Table table = new Table("FINDING", "SEVERITY", "RULE", "FIRST SEEN", "LAST SEEN");
            findings.forEach(one -> table.row(
                    Fields.text(one, "id"),
                    Fields.text(one, "severity"),
                    Fields.text(one, "rule"),
                    terminal.time(Fields.text(one, "firstSeenAt")),
                    terminal.time(Fields.text(one, "lastSeenAt"))));
            table.print(terminal);
            terminal.line("");
        }
    }

    @Command(name = "add", description = "Name an agent, and show the command by which its host enrols.")
    int add(@Parameters(paramLabel = "NAME") String name) {
        Api api = door.api();
        Json.Obj added = api.post(LIST, Json.object("name", name));
        return issue(api, added, Fields.text(added, "id"));
    }

    @Command(
            name = "enrolment",
            description = "Show another command for a host that has yet to enrol; the one before ends.")
    int enrolment(@Parameters(paramLabel = "ID") String id) {
        Api api = door.api();
        String found = Door.id(api, LIST, id);
        return issue(api, api.get(LIST + "/" + found).object("agent"), found);
    }

    private int issue(Api api, Json.Obj agent, String id) {
        Json.Obj issued = api.post(LIST + "/" + id + "/enrolment-tokens", Json.object());
        terminal.answer(agent.with("enrolment", issued), () -> {
            sheet(agent);
            terminal.line("");
            terminal.line("On the host, as root, once, before " + terminal.time(Fields.text(issued, "expiresAt"))
                    + "; it is shown now and never again:");
            terminal.line(Fields.text(issued, "command"));
        });
        return Exit.DONE.code();
    }

    @Command(name = "revoke", description = "End an agent for good. Its host may enrol again as another one.")
    int revoke(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--lost", description = "Say that its host or its key is in other hands.") boolean lost) {
        Api api = door.api();
        Json.Obj ended = api.post(path(api, id) + "/revocations", Json.object("lost", lost));
        terminal.answer(ended, () -> sheet(ended));
        return Exit.DONE.code();
    }

    @Command(
            name = "update",
            description = {
                "Ask that agents become this release: one request for each of them, to be approved like any other.",
                "A percentage is the same agents each time, and a larger one has them too: say 10, look, say 100."
            })
    int update(
            @Parameters(paramLabel = "VERSION") String version,
            @Option(
                            names = "--releases",
                            required = true,
                            paramLabel = "FOLDER",
                            description = "The vendor's folder of releases, or a copy of it.")
                    Path releases,
            @Option(names = "--percent", defaultValue = "100", description = "Of the fleet (default: 100).")
                    int percent,
            @Option(names = "--platform", defaultValue = "linux-amd64", description = "Default: linux-amd64.")
                    String platform,
            @Option(names = "--justification", defaultValue = "a newer release of the agent") String justification) {
        FleetUpdate update = FleetUpdate.to(releases, version, platform);
        Api api = door.api();
        List<Json.Obj> agents = update.chosen(api.list(LIST, MOST), percent);
        Table table = new Table("AGENT", "NAME", "RUNS", "WORKFLOW", "APPROVAL");
        List<Json.Obj> asked = new ArrayList<>();
        for (Json.Obj agent : agents) {
            Json.Obj ordered =
                    api.post(LIST + "/" + Fields.text(agent, "id") + "/actions", update.action(justification));
            asked.add(ordered.with("agentId", Fields.text(agent, "id")));
            table.row(
                    Fields.text(agent, "id"),
                    Fields.text(agent, "name"),
                    Fields.text(agent, "host.version"),
                    Fields.text(ordered, "workflowId"),
                    Fields.text(ordered, "approvalId"));
        }
        terminal.answer(Door.items(asked), () -> {
            table.print(terminal);
            terminal.line("%d agents were asked to become %s.".formatted(asked.size(), version));
        });
        return Exit.DONE.code();
    }

    private static String path(Api api, String id) {
        return LIST + "/" + Door.id(api, LIST, id);
    }

    private void sheet(Json.Obj agent) {
        new Sheet(terminal)
                .line("agent", Fields.text(agent, "id"))
                .line("name", Fields.text(agent, "name"))
                .line("state", Fields.text(agent, "state"))
                .line("health", Fields.text(agent, "health"))
                .line("to look at", Fields.text(agent, "warnings"))
                .line("host", Fields.text(agent, "host.name"))
                .line("version", Fields.text(agent, "host.version"))
                .line("would do", Fields.text(agent, "host.capabilities"))
                .line("enrolled", terminal.time(Fields.text(agent, "host.enrolledAt")))
                .line("last seen", terminal.time(Fields.text(agent, "host.lastSeenAt")))
                .line("ended", terminal.time(Fields.text(agent, "endedAt")))
                .print();
    }
}
