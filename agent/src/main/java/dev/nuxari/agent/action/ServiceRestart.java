package dev.nuxari.agent.action;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.Receipt.Failure;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Restarts a service of systemd. Whether that has been done is told by when the service became active. */
final class ServiceRestart implements Action {
    private static final Map<String, String> STATES =
            Map.of("active", "active", "inactive", "inactive", "failed", "failed");
    private static final Pattern ACTIVE = Pattern.compile("(?m)^ActiveState=([a-z-]+)$");
    private static final Pattern SINCE = Pattern.compile("(?m)^ActiveEnterTimestamp=@([0-9]{1,11})$");
    private static final Pattern LOADED = Pattern.compile("(?m)^LoadState=loaded$");

    private final Program systemctl;

    ServiceRestart(Path systemctl) {
        this.systemctl = Program.at(systemctl);
    }

    @Override
    public ActionType type() {
        return ActionType.SERVICE_RESTART;
    }

    @Override
    public Sight look(Json.Obj parameters) {
        List<String> words = List.of(
                "show",
                "--timestamp=unix",
                "--property=LoadState,ActiveState,ActiveEnterTimestamp",
                parameters.string("service"));
        return switch (systemctl.ask(words)) {
            case Program.Ended.Well(String output) -> seen(parameters, output);
            case Program.Ended.Badly(Failure why) -> new Sight.Unseen(why);
        };
    }

    private static Sight seen(Json.Obj parameters, String output) {
        Matcher active = ACTIVE.matcher(output);
        if (!LOADED.matcher(output).find() || !active.find()) {
            return new Sight.Unseen(Failure.NOT_FOUND);
        }
        String state = STATES.getOrDefault(active.group(1), "changing");
        Matcher since = SINCE.matcher(output);
        Json.Obj values = Json.object("state", state);
        if (!state.equals("active") || !since.find()) {
            return new Sight.Seen(false, new Summary(SummaryKind.SERVICE, values));
        }
        Instant started = Instant.ofEpochSecond(Long.parseLong(since.group(1)));
        return new Sight.Seen(
                started.isAfter(Instant.parse(parameters.string("since"))),
                new Summary(SummaryKind.SERVICE, values.with("since", started)));
    }

    @Override
    public Optional<Failure> perform(Json.Obj parameters) {
        return systemctl.run(List.of("--no-ask-password", "restart", parameters.string("service")));
    }

    @Override
    public boolean undo(Json.Obj parameters, Summary before) {
        return false;
    }
}
