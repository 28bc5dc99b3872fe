package dev.nuxari.server.access;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Page;
import dev.nuxari.server.access.Baseline.Accepted;
import dev.nuxari.server.access.Baseline.Refused;
import dev.nuxari.server.access.Observation.Completed;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The two books of every governed system: what was approved, what is observed, and where they differ. */
@Service
public class Books {
    private final OrganizationScope scope;
    private final BookStore books;
    private final ObservationStore observations;
    private final AuditLog audit;
    private final Redactor redactor;
    private final InstantSource clock;

    Books(
            OrganizationScope scope,
            BookStore books,
            ObservationStore observations,
            AuditLog audit,
            Redactor redactor,
            InstantSource clock) {
        this.scope = scope;
        this.books = books;
        this.observations = observations;
        this.audit = audit;
        this.redactor = redactor;
        this.clock = clock;
    }

    /** The assignments of one book, or where the two differ; of all systems or of one. */
    public Page<Assignment> list(
            OrganizationId organization, Caller caller, Book book, @Nullable ConnectorId connector, PageRequest page) {
        AssignmentKey after = AssignmentKey.parse(page.after());
        List<Assignment> found = scope.reading(organization, caller, () -> switch (book) {
            case APPROVED -> books.approved(connector, after, page.rows());
            case OBSERVED -> books.observed(connector, after, page.rows());
            case DRIFT -> books.drift(connector, after, page.rows());
        });
        return Page.cut(
                found, page.limit(), assignment -> AssignmentKey.of(assignment).toString());
    }

    /** Systems that were never observed are not among them. */
    public List<ConnectorSummary> summaries(OrganizationId organization, Caller caller) {
        return scope.reading(organization, caller, books::summaries);
    }

    /**
     * Accepts what an observation saw as approved, so that drift is measured from there. Possible once per system, and only
     * with the latest observation, because that is what the observed book says.
     */
    public Baseline acceptBaseline(
            OrganizationId organization, Caller caller, ConnectorId connector, BaselineProposal proposal) {
        return scope.within(organization, caller, () -> {
            Baseline baseline = acceptWithin(connector, proposal);
            audit.append(AuditEvent.of(AccessAction.BASELINE_ACCEPT, new Target("connector", connector.value()))
                    .outcome(baseline instanceof Refused ? Outcome.REFUSED : Outcome.SUCCEEDED)
                    .metadata(redactor.redact(particulars(proposal, baseline))));
            return baseline;
        });
    }

    private Baseline acceptWithin(ConnectorId connector, BaselineProposal proposal) {
        Optional<Observation> found = observations
                .find(proposal.observation())
                .filter(observation -> observation.connector().equals(connector));
        if (found.isEmpty()) {
            return new Refused(AccessRefusal.NO_SUCH_OBSERVATION);
        }
        if (!(found.get() instanceof Completed completed)) {
            return new Refused(AccessRefusal.OBSERVATION_NOT_COMPLETED);
        }
        books.lock(connector);
        if (books.hasApproved(connector)) {
            return new Refused(AccessRefusal.BASELINE_EXISTS);
        }
        if (!observations.isLatestCompleted(completed)) {
            return new Refused(AccessRefusal.OBSERVATION_SUPERSEDED);
        }
        return new Accepted(books.acceptBaseline(connector, completed.id(), clock.instant()));
    }

    private static Json particulars(BaselineProposal proposal, Baseline baseline) {
        Json.Obj said = Json.object(
                "observationId", proposal.observation().toString(), "justification", proposal.justification());
        return switch (baseline) {
            case Accepted(int assignments) -> said.with("assignments", assignments);
            case Refused(AccessRefusal refusal) -> said.with("refusal", refusal.slug());
        };
    }
}
