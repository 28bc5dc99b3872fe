package dev.nuxari.server.workflow;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.api.PageView;
import dev.nuxari.server.approvals.ApprovalId;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.workflow.Workflows.Answer;
import dev.nuxari.server.workflow.Workflows.Dossier;
import dev.nuxari.server.workflow.Workflows.StepState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/workflows")
class WorkflowController {
    private final Workflows workflows;

    WorkflowController(Workflows workflows) {
        this.workflows = workflows;
    }

    record FailureView(@JsonProperty("class") FailureClass failureClass, String reason) {}

    record WorkflowView(
            WorkflowId id,
            WorkflowState state,
            UUID requestId,
            ApprovalId approvalRef,
            PlanHash planHash,
            int step,
            @Nullable FailureView failure,
            @Nullable Instant nextAttemptAt,
            @Nullable UUID evidencePackageId,
            Instant createdAt,
            @Nullable Instant endedAt) {
        static WorkflowView of(Workflow workflow) {
            return new WorkflowView(
                    workflow.id(),
                    workflow.state(),
                    workflow.request(),
                    workflow.approval(),
                    workflow.plan(),
                    workflow.step(),
                    workflow.failure()
                            .map(why -> new FailureView(
                                    why.failureClass(), why.reason().text()))
                            .orElse(null),
                    workflow.nextAttemptAt().orElse(null),
                    workflow.evidencePackage().orElse(null),
                    workflow.createdAt(),
                    workflow.endedAt().orElse(null));
        }
    }

    record StepView(
            int position,
            Operation operation,
            String connectorName,
            PlannedStep.Account account,
            PlannedStep.@Nullable Entitlement entitlement,
            StepState.Progress state,
            int attempts) {
        static StepView of(StepState state) {
            PlannedStep step = state.step();
            return new StepView(
                    step.position(),
                    step.operation(),
                    step.connectorName(),
                    step.account(),
                    step.entitlement(),
                    state.state(),
                    state.attempts());
        }
    }

    record TimelineView(
            Instant at,
            Entry.Kind kind,
            String title,
            @Nullable Integer step,
            String detail) {
        static TimelineView of(Entry entry) {
            return new TimelineView(
                    entry.at(),
                    entry.kind(),
                    entry.kind().title(),
                    entry.step(),
                    entry.detail().text());
        }
    }

    record DossierView(
            @JsonUnwrapped WorkflowView workflow, Json plan, List<StepView> steps, List<TimelineView> timeline) {
        static DossierView of(Dossier dossier) {
            return new DossierView(
                    WorkflowView.of(dossier.workflow()),
                    Json.parse(dossier.planText()),
                    dossier.steps().stream().map(StepView::of).toList(),
                    dossier.timeline().stream().map(TimelineView::of).toList());
        }
    }

    @GetMapping
    PageView<WorkflowView> listWorkflows(
            OrganizationId organization, Caller caller, PageRequest page, @RequestParam Optional<WorkflowState> state) {
        return PageView.of(workflows.list(organization, caller, state, page), WorkflowView::of);
    }

    @GetMapping("/{id}")
    DossierView showWorkflow(OrganizationId organization, Caller caller, @PathVariable WorkflowId id) {
        return workflows
                .find(organization, caller, id)
                .map(DossierView::of)
                .orElseThrow(() -> problem(WorkflowRefusal.NO_SUCH_WORKFLOW));
    }

    @PostMapping("/{id}/retries")
    @ResponseStatus(HttpStatus.CREATED)
    WorkflowView retryWorkflow(OrganizationId organization, Caller caller, @PathVariable WorkflowId id) {
        return view(workflows.retry(organization, caller, id));
    }

    @PostMapping("/{id}/cancellations")
    @ResponseStatus(HttpStatus.CREATED)
    WorkflowView cancelWorkflow(OrganizationId organization, Caller caller, @PathVariable WorkflowId id) {
        return view(workflows.cancel(organization, caller, id));
    }

    private static WorkflowView view(Answer answer) {
        return switch (answer) {
            case Answer.Done(Workflow workflow) -> WorkflowView.of(workflow);
            case Answer.Refused(WorkflowRefusal refusal) -> throw problem(refusal);
        };
    }

    private static ProblemException problem(WorkflowRefusal refusal) {
        return new ProblemException(refusal, refusal.advice());
    }
}
