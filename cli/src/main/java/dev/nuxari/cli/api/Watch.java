package dev.nuxari.cli.api;

import dev.nuxari.kernel.Json;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Follows a workflow through its timeline. */
public final class Watch {
    private static final Set<String> ENDED = Set.of("completed", "failed", "rejected", "cancelled", "expired");
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Api api;
    private final Duration patience;

    public Watch(Api api, Duration patience) {
        this.api = api;
        this.patience = patience;
    }

    /** Tells every entry of the timeline once, as it appears, until the workflow has ended. */
    public Json.Obj untilEnd(String workflow, Consumer<Json.Obj> told) {
        long deadline = System.nanoTime() + patience.toNanos();
        int seen = 0;
        while (true) {
            Json.Obj now = api.get("/workflows/" + workflow);
            List<Json.Obj> timeline = Fields.objects(now, "timeline");
            timeline.stream().skip(seen).forEach(told);
            seen = Math.max(seen, timeline.size());
            if (ENDED.contains(Fields.text(now, "state"))) {
                return now;
            }
            if (System.nanoTime() > deadline) {
                throw new Unreachable("The workflow " + workflow + " is still " + Fields.text(now, "state") + " after "
                        + patience.toSeconds() + " s. \"nuxari workflows show\" says what it waits for.");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable("Interrupted while following a workflow.", e);
        }
    }
}
