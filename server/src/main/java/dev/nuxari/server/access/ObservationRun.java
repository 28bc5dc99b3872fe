package dev.nuxari.server.access;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.access.Observation.Running;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.connectors.Connectors;
import dev.nuxari.server.connectors.Observed;
import dev.nuxari.server.redaction.RedactedText;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.workflow.StepFailure;
import dev.nuxari.server.workflow.TimerTask;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Carries an observation out: the system is read outside any transaction, then what was seen becomes the observed book in
 * one. Interrupted by a crash, it is begun again; one that failed leaves the book as it was.
 */
@Component
class ObservationRun implements TimerTask {
    static final String KIND = "observation";

    private final OrganizationScope scope;
    private final Connectors connectors;
    private final ObservationStore observations;
    private final BookStore books;
    private final SightingStore sightings;
    private final AuditLog audit;
    private final Redactor redactor;
    private final InstantSource clock;

    ObservationRun(
            OrganizationScope scope,
            Connectors connectors,
            ObservationStore observations,
            BookStore books,
            SightingStore sightings,
            AuditLog audit,
            Redactor redactor,
            InstantSource clock) {
        this.scope = scope;
        this.connectors = connectors;
        this.observations = observations;
        this.books = books;
        this.sightings = sightings;
        this.audit = audit;
        this.redactor = redactor;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Optional<Instant> run(Caller caller, String id) {
        OrganizationId organization = caller.organization();
        var observation = new ObservationId(UUID.fromString(id));
        scope.within(organization, caller, () -> observations.find(observation))
                .filter(Running.class::isInstance)
                .ifPresent(running -> observe(caller, running));
        return Optional.empty();
    }

    private void observe(Caller caller, Observation running) {
        OrganizationId organization = caller.organization();
        Instant lookedFrom = clock.instant();
        try {
            Observed observed = connectors.observe(organization, caller, running.connector());
            scope.run(organization, caller, () -> complete(running, observed, lookedFrom));
        } catch (StepFailure failure) {
            scope.run(organization, caller, () -> fail(running, failure));
        }
    }

    void complete(Observation running, Observed observed, Instant lookedFrom) {
        if (hasEnded(running.id())) {
            return;
        }
        Sighting sighting = Sighting.of(observed.named(id -> redactor.redact(id).text()), redactor);
        ConnectorId connector = running.connector();
        String summaryHash = sighting.summaryHash(connector);
        books.lock(connector);
        sightings.saveAccounts(connector, sighting.accounts().values(), lookedFrom);
        sightings.saveEntitlements(connector, sighting.entitlements().values());
        sightings.saveAssignments(connector, sighting.assignments(), lookedFrom);
        observations.complete(running.id(), clock.instant(), sighting.counts(), summaryHash);
        append(
                running,
                Outcome.SUCCEEDED,
                Json.object(
                        "connectorId", connector.toString(),
                        "accounts", sighting.counts().accounts(),
                        "entitlements", sighting.counts().entitlements(),
                        "assignments", sighting.counts().assignments(),
                        "summaryHash", summaryHash));
    }

    private void fail(Observation running, StepFailure failure) {
        if (hasEnded(running.id())) {
            return;
        }
        RedactedText reason = redactor.redact(failure.reason());
        observations.fail(running.id(), clock.instant(), failure.failureClass(), reason);
        append(
                running,
                Outcome.FAILED,
                Json.object(
                        "connectorId", running.connector().toString(),
                        "failureClass", Spelling.of(failure.failureClass()),
                        "reason", reason.text()));
    }

    /** A timer may be delivered twice; the second run finds that the first one is through. */
    private boolean hasEnded(ObservationId id) {
        return observations.lock(id).filter(Running.class::isInstance).isEmpty();
    }

    private void append(Observation running, Outcome outcome, Json particulars) {
        audit.append(AuditEvent.of(AccessAction.OBSERVATION_END, Observations.target(running.id()))
                .outcome(outcome)
                .metadata(redactor.redact(particulars)));
    }
}
