package dev.nuxari.server.workflow;

import dev.nuxari.server.tenancy.Caller;
import java.time.Instant;
import java.util.Optional;

/**
 * Work that a durable timer starts, for one organization, as a named system actor. Delivered at least once, also after a
 * crash; called outside any transaction.
 */
public interface TimerTask {
    /** The timer's kind, also the name of the system actor that the audit log shows. */
    String kind();

    /**
     * Does what is due.
     *
     * @return when to come back, or empty when nothing is left to do
     */
    Optional<Instant> run(Caller caller, String id);
}
