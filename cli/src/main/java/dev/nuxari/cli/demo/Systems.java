package dev.nuxari.cli.demo;

import dev.nuxari.cli.api.Api;
import dev.nuxari.cli.api.Fields;
import dev.nuxari.cli.api.Unreachable;
import dev.nuxari.kernel.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Connects the governed systems of one organization, once: what is there already is left as it is. */
public final class Systems {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final People people;
    private final Narrator narrator;

    public Systems(People people, Narrator narrator) {
        this.people = people;
        this.narrator = narrator;
    }

    /**
     * Registers every system, reads it, accepts what was read as the approved book, lets the systems drift away from it
     * and reads them again.
     *
     * @param drift changes the systems behind the back of Nuxari, as life does
     */
    public void connect(Consumer<Ground.Organization> drift) {
        Api admin = people.as("admin").api();
        List<Json.Obj> connectors = registered(admin);
        List<Json.Obj> fresh = connectors.stream()
                .filter(connector -> Fields.number(summary(admin, connector), "approved") == 0)
                .toList();
        if (!fresh.isEmpty()) {
            accept(admin, fresh, observe(admin, fresh));
        }
        if (drifted(admin) == 0) {
            drift.accept(people.organization());
            narrator.tell("The systems have been changed behind the back of Nuxari");
            observe(admin, connectors);
        }
        connectors.forEach(connector -> describe(admin, connector));
    }

    /** The connectors, in the order of the stack. */
    List<Json.Obj> connectors() {
        return registered(people.as("admin").api());
    }

    /** Reads systems again and waits until all have been read. By connector id: the observation. */
    public Map<String, Json.Obj> observe(Api admin, List<Json.Obj> connectors) {
        Map<String, String> begun = new LinkedHashMap<>();
        for (Json.Obj connector : connectors) {
            String id = connector.string("id");
            narrator.tell("Reading " + connector.string("name"));
            begun.put(
                    id,
                    admin.post("/connectors/" + id + "/observations", Json.object())
                            .string("id"));
        }
        Map<String, Json.Obj> observed = new LinkedHashMap<>();
        begun.forEach((connector, observation) -> observed.put(connector, await(admin, observation)));
        return observed;
    }

    private List<Json.Obj> registered(Api admin) {
        List<Json.Obj> known = admin.list("/connectors", 200);
        List<Json.Obj> connectors = new ArrayList<>();
        for (Json.Obj system : people.organization().systems()) {
            Optional<Json.Obj> existing = known.stream()
                    .filter(connector -> connector.string("name").equals(system.string("name")))
                    .findFirst();
            connectors.add(existing.orElseGet(() -> register(admin, system)));
        }
        return connectors;
    }

    private Json.Obj register(Api admin, Json.Obj system) {
        Json.Obj connector = admin.post(
                "/connectors",
                Json.object(
                        "kind", system.string("kind"),
                        "name", system.string("name"),
                        "settings", system.object("settings"),
                        "credentials", system.object("credentials")));
        narrator.tell("Connected " + connector.string("name") + " (" + connector.string("kind") + ")");
        return connector;
    }

    private void accept(Api admin, List<Json.Obj> connectors, Map<String, Json.Obj> observed) {
        for (Json.Obj connector : connectors) {
            String id = connector.string("id");
            Json.Obj baseline = admin.post(
                    "/connectors/" + id + "/baselines",
                    Json.object(
                            "observationId",
                            observed.getOrDefault(id, Json.object()).string("id"),
                            "justification",
                            "First import of the demonstration"));
            narrator.tell("Accepted what " + connector.string("name") + " holds as approved: "
                    + Fields.text(baseline, "assignments") + " assignments");
        }
    }

    private static Json.Obj await(Api admin, String observation) {
        Json.Obj ended = Poll.until(
                "the observation " + observation,
                PATIENCE,
                () -> Optional.of(admin.get("/observations/" + observation))
                        .filter(seen -> !Fields.text(seen, "state").equals("running")));
        if (!Fields.text(ended, "state").equals("completed")) {
            throw new Unreachable("A governed system could not be read: " + Fields.text(ended, "failure"));
        }
        return ended;
    }

    private void describe(Api admin, Json.Obj connector) {
        Json.Obj summary = summary(admin, connector);
        narrator.tell(connector.string("name") + ": " + Fields.text(summary, "accounts") + " accounts, "
                + Fields.text(summary, "entitlements") + " entitlements, " + Fields.text(summary, "observed")
                + " assignments, " + Fields.text(summary, "drift") + " of them drifted");
    }

    private static long drifted(Api admin) {
        return Fields.objects(admin.get("/connector-summaries"), "items").stream()
                .mapToLong(summary -> Fields.number(summary, "drift"))
                .sum();
    }

    private static Json.Obj summary(Api admin, Json.Obj connector) {
        String id = connector.string("id");
        return Fields.objects(admin.get("/connector-summaries"), "items").stream()
                .filter(summary -> Fields.text(summary, "connectorId").equals(id))
                .findFirst()
                .orElseGet(Json::object);
    }
}
