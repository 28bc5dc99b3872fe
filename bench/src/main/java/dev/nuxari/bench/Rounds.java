package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** Several things measured in turns, so that what else the machine does falls on all of them. The median counts. */
final class Rounds {
    private static final Path LOAD = Path.of("/proc/loadavg");

    private final int rounds;
    private final Duration turn;
    private final Map<String, Measured> things = new LinkedHashMap<>();

    /** The first round warms up and does not count. */
    Rounds(int rounds, Duration turn) {
        this.rounds = rounds;
        this.turn = turn;
    }

    private record Measured(int clients, int events, IntConsumer work, List<Double> perSecond) {}

    /** Something that so many clients do at once, each time with so many events. */
    void add(String name, int clients, int events, IntConsumer work) {
        things.put(name, new Measured(clients, events, work, new ArrayList<>()));
    }

    void run() {
        for (int round = 0; round <= rounds; round++) {
            for (Measured thing : things.values()) {
                double perSecond = once(thing);
                if (round > 0) {
                    thing.perSecond().add(perSecond);
                }
            }
        }
    }

    private double once(Measured thing) {
        Json.Obj load = Load.of(thing.clients(), Duration.ZERO, turn, client -> {
            long began = System.nanoTime();
            thing.work().accept(client);
            return Duration.ofNanos(System.nanoTime() - began);
        });
        return load.number("perSecond") * thing.events();
    }

    /** Events per second. */
    double median(String name) {
        List<Double> sorted = rates(name).stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    List<Double> rates(String name) {
        Measured thing = things.get(name);
        return thing == null ? List.of() : List.copyOf(thing.perSecond());
    }

    /** All rates, and what the machine was doing when they ended. */
    Json.Obj answer() {
        Json.Obj answer = Json.object("loadAverage", load());
        for (String name : things.keySet()) {
            answer = answer.with(
                    name,
                    Json.object(
                            "eventsPerSecond",
                            Load.rounded(median(name)),
                            "rounds",
                            rates(name).stream().map(Load::rounded).toList()));
        }
        return answer;
    }

    private static String load() {
        try {
            return Files.readString(LOAD).strip();
        } catch (IOException _) {
            return "unknown";
        }
    }
}
