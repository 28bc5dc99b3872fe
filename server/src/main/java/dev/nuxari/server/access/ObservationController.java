package dev.nuxari.server.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.server.access.Observation.Completed;
import dev.nuxari.server.access.Observation.Failed;
import dev.nuxari.server.access.Observation.Running;
import dev.nuxari.server.api.InvalidField;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.api.PageView;
import dev.nuxari.server.connectors.ConnectorRefusal;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.workflow.FailureClass;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
class ObservationController {
    private static final int LONGEST_JUSTIFICATION = 2000;

    private final Observations observations;
    private final Books books;

    ObservationController(Observations observations, Books books) {
        this.observations = observations;
        this.books = books;
    }

    /** Nothing can be chosen yet. */
    record ObservationRequest() {}

    record BaselineRequest(ObservationId observationId, String justification) {
        BaselineRequest {
            InvalidField.required("observationId", observationId);
            justification = InvalidField.text("justification", justification, LONGEST_JUSTIFICATION);
        }
    }

    record BaselineView(int assignments) {}

    /** The states as the wire spells them; here each is a type of its own. */
    enum State {
        RUNNING,
        COMPLETED,
        FAILED
    }

    record ObservationFailureView(@JsonProperty("class") FailureClass failureClass, String reason) {}

    record ObservationView(
            ObservationId id,
            ConnectorId connectorId,
            State state,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Integer accounts,
            @Nullable Integer entitlements,
            @Nullable Integer assignments,
            @Nullable String summaryHash,
            @Nullable ObservationFailureView failure) {
        static ObservationView of(Observation observation) {
            ObservationId id = observation.id();
            ConnectorId connector = observation.connector();
            return switch (observation) {
                case Running running ->
                    new ObservationView(
                            id, connector, State.RUNNING, running.startedAt(), null, null, null, null, null, null);
                case Completed completed ->
                    new ObservationView(
                            id,
                            connector,
                            State.COMPLETED,
                            completed.startedAt(),
                            completed.endedAt(),
                            completed.counts().accounts(),
                            completed.counts().entitlements(),
                            completed.counts().assignments(),
                            completed.summaryHash(),
                            null);
                case Failed failed ->
                    new ObservationView(
                            id,
                            connector,
                            State.FAILED,
                            failed.startedAt(),
                            failed.endedAt(),
                            null,
                            null,
                            null,
                            null,
                            new ObservationFailureView(failed.failureClass(), failed.reason()));
            };
        }
    }

    @PostMapping("/connectors/{id}/observations")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ObservationView startObservation(
            OrganizationId organization,
            @PathVariable ConnectorId id,
            @RequestBody(required = false) @Nullable ObservationRequest request,
            Caller caller) {
        return observations
                .start(organization, caller, id)
                .map(ObservationView::of)
                .orElseThrow(() ->
                        new ProblemException(ConnectorRefusal.NO_SUCH_CONNECTOR, "There is no connector " + id + "."));
    }

    @GetMapping("/connectors/{id}/observations")
    PageView<ObservationView> listObservations(
            OrganizationId organization, @PathVariable ConnectorId id, PageRequest page, Caller caller) {
        return PageView.of(observations.list(organization, caller, id, page), ObservationView::of);
    }

    @GetMapping("/observations/{id}")
    ObservationView showObservation(OrganizationId organization, @PathVariable ObservationId id, Caller caller) {
        return observations
                .find(organization, caller, id)
                .map(ObservationView::of)
                .orElseThrow(() ->
                        new ProblemException(AccessRefusal.NO_SUCH_OBSERVATION, "There is no observation " + id + "."));
    }

    @PostMapping("/connectors/{id}/baselines")
    @ResponseStatus(HttpStatus.CREATED)
    BaselineView acceptBaseline(
            OrganizationId organization,
            @PathVariable ConnectorId id,
            @RequestBody BaselineRequest request,
            Caller caller) {
        var proposal = new BaselineProposal(request.observationId(), request.justification());
        return switch (books.acceptBaseline(organization, caller, id, proposal)) {
            case Baseline.Accepted(int assignments) -> new BaselineView(assignments);
            case Baseline.Refused(AccessRefusal refusal) ->
                throw new ProblemException(
                        refusal, "%s: observation %s.".formatted(refusal.title(), request.observationId()));
        };
    }
}
