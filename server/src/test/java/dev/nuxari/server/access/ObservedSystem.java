package dev.nuxari.server.access;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.access.Observation.Completed;
import dev.nuxari.server.access.Observation.Running;
import dev.nuxari.server.connectors.Observed;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.testing.TestDatabase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Writes what a governed system would have shown into the books, by the same code as an observation. */
@Component
public class ObservedSystem {
    private final OrganizationScope scope;
    private final ObservationStore observations;
    private final BookStore books;
    private final ObservationRun run;
    private final Books front;
    private final InstantSource clock;

    ObservedSystem(
            OrganizationScope scope,
            ObservationStore observations,
            BookStore books,
            ObservationRun run,
            Books front,
            InstantSource clock) {
        this.scope = scope;
        this.observations = observations;
        this.books = books;
        this.run = run;
        this.front = front;
        this.clock = clock;
    }

    /** A system that nobody can reach. */
    public ConnectorId connect(OrganizationId organization, String name) {
        var connector = new ConnectorId(UUID.randomUUID());
        TestDatabase.beyondTheWalls()
                .sql("""
                        INSERT INTO connector (organization_id, connector_id, kind, name, settings, created_at)
                        VALUES (?, ?, 'ldap', ?, '{}', now())
                        """)
                .params(organization.value(), connector.value(), name)
                .update();
        return connector;
    }

    /** The look begins and ends now. */
    public Completed observe(Caller caller, ConnectorId connector, Observed observed) {
        return observe(caller, connector, observed, clock.instant());
    }

    /** What is observed is accepted as approved too. */
    public void baseline(Caller caller, ConnectorId connector, Observed observed) {
        Completed observation = observe(caller, connector, observed);
        front.acceptBaseline(
                caller.organization(), caller, connector, new BaselineProposal(observation.id(), "as it should be"));
    }

    /** The look began earlier. */
    public Completed observe(Caller caller, ConnectorId connector, Observed observed, Instant lookedFrom) {
        Running running = start(caller, connector);
        scope.run(caller.organization(), caller, () -> run.complete(running, observed, lookedFrom));
        return (Completed) scope.within(caller.organization(), caller, () -> observations.find(running.id()))
                .orElseThrow();
    }

    Running start(Caller caller, ConnectorId connector) {
        return scope.within(caller.organization(), caller, () -> {
            books.open(connector);
            return observations.add(connector, clock.instant()).orElseThrow();
        });
    }
}
