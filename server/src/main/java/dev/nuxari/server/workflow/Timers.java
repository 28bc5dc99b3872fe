package dev.nuxari.server.workflow;

import dev.nuxari.server.tenancy.OrganizationJdbc;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Sets durable timers, in the transaction of whatever they are for. */
@Component
public class Timers {
    private final OrganizationScope scope;
    private final OrganizationJdbc jdbc;
    private final TimerDispatcher dispatcher;

    Timers(OrganizationScope scope, OrganizationJdbc jdbc, TimerDispatcher dispatcher) {
        this.scope = scope;
        this.jdbc = jdbc;
        this.dispatcher = dispatcher;
    }

    /**
     * Has a {@link TimerTask} called for the organization whose scope is open. A timer of the same kind and id that is
     * already set is brought forward, never put off.
     *
     * @param id opaque to the timer table: an identifier, never data
     */
    public void schedule(String kind, String id, Instant due) {
        jdbc.sql("SELECT schedule_timer(:organizationId, :kind, :id, :due)")
                .param("kind", kind)
                .param("id", id)
                .param("due", due)
                .single((_, _) -> kind);
        scope.afterCommit(dispatcher::lookNow);
    }
}
