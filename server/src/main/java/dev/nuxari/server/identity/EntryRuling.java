package dev.nuxari.server.identity;

import dev.nuxari.server.api.StepUp;
import java.util.Optional;

/** Whether a member is let in. */
sealed interface EntryRuling {
    /**
     * They are.
     *
     * @param stepUp what they have to show before sensitive actions, if anything
     */
    record Admitted(Optional<StepUp> stepUp) implements EntryRuling {}

    record Refused(EntryRefusal why) implements EntryRuling {}
}
