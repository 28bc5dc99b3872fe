package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What happened how often since it was asked last, and how long deliveries took. */
final class Tally {
    private final Map<String, Long> numbers = new TreeMap<>();
    private final List<Long> deliveries = new ArrayList<>();

    synchronized void count(String what) {
        numbers.merge(what, 1L, Long::sum);
    }

    synchronized void delivered(Duration after) {
        deliveries.add(after.toNanos());
    }

    synchronized Json.Obj take() {
        Json.Obj counted = Json.object();
        for (Map.Entry<String, Long> one : numbers.entrySet()) {
            counted = counted.with(one.getKey(), one.getValue());
        }
        Json.Obj taken = Json.object("counted", counted, "delivery", Load.latencies(deliveries));
        numbers.clear();
        deliveries.clear();
        return taken;
    }
}
