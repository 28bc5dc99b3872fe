package dev.nuxari.server.identity;

import dev.nuxari.server.api.StepUp;
import dev.nuxari.server.tenancy.Caller;
import java.util.Optional;

/** What became of somebody whom the broker has authenticated, at the door of one organization. */
sealed interface Entry {
    /** Let in. */
    record Admitted(Caller caller, Optional<StepUp> stepUp) implements Entry {}

    /** A member, and not let in. The caller is not handed on; it says who it was. */
    record Refused(Caller caller, EntryRefusal why) implements Entry {}

    /** No active member of an active organization. */
    record Unknown() implements Entry {}
}
