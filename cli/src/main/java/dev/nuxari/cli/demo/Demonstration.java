package dev.nuxari.cli.demo;

import dev.nuxari.cli.api.Unreachable;
import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The main job, once for each kind of governed system, on a stack that runs. */
public final class Demonstration {
    private final Ground ground;
    private final Path data;
    private final Narrator narrator;
    private final Consumer<Ground.Organization> drift;

    /**
     * @param data the stack's data folder; evidence is exported below it
     * @param drift changes the systems of an organization behind the back of Nuxari
     */
    public Demonstration(Ground ground, Path data, Narrator narrator, Consumer<Ground.Organization> drift) {
        this.ground = ground;
        this.data = data;
        this.narrator = narrator;
        this.drift = drift;
    }

    /** Connects the systems of every organization, unless that was done on this data before. */
    public void connectOnce() {
        Path marker = data.resolve("demonstration-connected");
        if (!Files.exists(marker)) {
            ground.organizations().forEach(this::connect);
            try {
                Files.createFile(marker);
            } catch (IOException e) {
                throw new Unreachable("Cannot write " + marker + ": " + e.getMessage(), e);
            }
        }
    }

    /** Runs the loop in the first organization, once on each of its systems. */
    public Json.Obj run() {
        connectOnce();
        People people = members(ground.organizations().getFirst());
        List<Json.Obj> loops = new ArrayList<>();
        for (Json.Obj connector : new Systems(people, narrator).connectors()) {
            loops.add(loop(people, connector));
        }
        return Json.object("url", ground.url().toString(), "loops", loops);
    }

    private People members(Ground.Organization organization) {
        return new People(ground, organization, narrator.clock());
    }

    private void connect(Ground.Organization organization) {
        narrator.chapter(organization.name() + ": the governed systems");
        new Systems(members(organization), narrator).connect(drift);
    }

    private Json.Obj loop(People people, Json.Obj connector) {
        Instant begin = narrator.clock().instant();
        Json.Obj workflow = new Loop(people, narrator).run(connector);
        Json.Obj proof = new Proof(people, narrator, data.resolve("evidence")).of(workflow);
        Duration taken = Duration.between(begin, narrator.clock().instant());
        narrator.tell("From asking to proof: " + Narrator.seconds(taken));
        return proof.with("connector", connector.string("kind")).with("milliseconds", taken.toMillis());
    }
}
