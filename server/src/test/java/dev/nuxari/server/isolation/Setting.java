package dev.nuxari.server.isolation;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which of the four layers are on, and whether foreign keys and triggers are. They are off while a layer has to show that it
 * holds alone.
 */
record Setting(String name, Set<Layer> on, boolean keysAndTriggers) {
    static final Setting NONE_BUT_KEYS = new Setting("keys and triggers", Set.of(), true);
    static final Setting NONE = new Setting("none", Set.of(), false);

    Setting {
        on = Set.copyOf(on);
    }

    /** Those with all layers off come last: they are the ones that leave traces. */
    static List<Setting> all() {
        return Stream.concat(
                        EnumSet.allOf(Layer.class).stream()
                                .map(layer -> new Setting(layer.spelled(), Set.of(layer), false)),
                        Stream.of(NONE_BUT_KEYS, NONE))
                .toList();
    }

    /** The layer that is alone. */
    Optional<Layer> alone() {
        return on.stream().findFirst();
    }

    boolean concerns(Attempt attempt) {
        return alone().isEmpty() || alone().filter(attempt.crossing()::isSeenBy).isPresent();
    }
}
