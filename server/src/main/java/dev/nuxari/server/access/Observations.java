package dev.nuxari.server.access;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Page;
import dev.nuxari.server.access.Observation.Running;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.connectors.Connectors;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.workflow.Timers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Looking at whole governed systems: asked for here, carried out by a durable timer. */
@Service
public class Observations {
    private final OrganizationScope scope;
    private final Connectors connectors;
    private final BookStore books;
    private final ObservationStore store;
    private final Timers timers;
    private final AuditLog audit;
    private final InstantSource clock;

    Observations(
            OrganizationScope scope,
            Connectors connectors,
            BookStore books,
            ObservationStore store,
            Timers timers,
            AuditLog audit,
            InstantSource clock) {
        this.scope = scope;
        this.connectors = connectors;
        this.books = books;
        this.store = store;
        this.timers = timers;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Has a system looked at. There is one observation of a system at a time: while one is running, that one is the answer.
     *
     * @return empty if there is no such system
     */
    public Optional<Observation> start(OrganizationId organization, Caller caller, ConnectorId connector) {
        return scope.within(organization, caller, () -> {
            if (connectors.find(organization, caller, connector).isPresent()) {
                return Optional.of(startWithin(connector));
            }
            audit.append(AuditEvent.of(AccessAction.OBSERVATION_START, new Target("connector", connector.value()))
                    .outcome(Outcome.REFUSED));
            return Optional.empty();
        });
    }

    /** The one that is running may end between the two looks; then a new one is started after all. */
    private Observation startWithin(ConnectorId connector) {
        books.open(connector);
        for (; ; ) {
            Instant now = clock.instant();
            Optional<Running> added = store.add(connector, now);
            if (added.isPresent()) {
                return started(added.get());
            }
            Optional<Observation> running = store.running(connector);
            if (running.isPresent()) {
                return running.get();
            }
        }
    }

    private Observation started(Running observation) {
        timers.schedule(ObservationRun.KIND, observation.id().toString(), observation.startedAt());
        audit.append(AuditEvent.of(AccessAction.OBSERVATION_START, target(observation.id())));
        return observation;
    }

    public Optional<Observation> find(OrganizationId organization, Caller caller, ObservationId id) {
        return scope.reading(organization, caller, () -> store.find(id));
    }

    /** The newest first. */
    public Page<Observation> list(OrganizationId organization, Caller caller, ConnectorId connector, PageRequest page) {
        ObservationKey before = ObservationKey.parse(page.after());
        List<Observation> found =
                scope.reading(organization, caller, () -> store.list(connector, before.id(), page.rows()));
        return Page.cut(found, page.limit(), observation -> observation.id().toString());
    }

    static Target target(ObservationId id) {
        return new Target("observation", id.value());
    }
}
