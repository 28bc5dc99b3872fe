package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import java.time.Duration;

/** One page of 50 accounts, with every layer on, beside a route that touches nothing. */
final class HowManyScopedReadsPerSecond implements Question {
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final Duration COUNTED = Duration.ofSeconds(15);
    private static final int CLIENTS = 32;

    @Override
    public String name() {
        return "reads";
    }

    @Override
    public Json.Obj answer(Ground ground) {
        Client client = ground.as("admin");
        Json.Obj scoped = Load.of(CLIENTS, WARM_UP, COUNTED, Load.timed(() -> client.load("/accounts?limit=50")));
        Json.Obj plain = Load.of(CLIENTS, WARM_UP, COUNTED, Load.timed(() -> client.loadShared("/health/live")));
        return Json.object(
                "scopedListOf50",
                scoped,
                "plainBesideIt",
                plain,
                "ratio",
                Load.rounded(scoped.number("perSecond") / plain.number("perSecond")));
    }
}
