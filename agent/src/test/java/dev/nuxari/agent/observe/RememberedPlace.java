package dev.nuxari.agent.observe;

import dev.nuxari.kernel.Json;
import java.util.Optional;

/** A bookmark that lasts as long as a test. */
public final class RememberedPlace implements Journal.Bookmark {
    private Optional<Json.Obj> place = Optional.empty();

    @Override
    public Optional<Json.Obj> read() {
        return place;
    }

    @Override
    public void write(Json.Obj now) {
        place = Optional.of(now);
    }

    void forget() {
        place = Optional.empty();
    }
}
