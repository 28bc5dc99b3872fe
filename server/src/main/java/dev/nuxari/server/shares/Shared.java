package dev.nuxari.server.shares;

import dev.nuxari.server.audit.AuditFilter;
import java.util.UUID;

/** What a link shares. Said when it is made, and never changed. */
public sealed interface Shared {
    /** One evidence package, in every format. */
    record Evidence(UUID packageId) implements Shared {}

    /** The events that the filter finds, also those that come later. */
    record Events(AuditFilter filter) implements Shared {}
}
