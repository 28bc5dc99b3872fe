package dev.nuxari.server.requests;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.kernel.Risk;
import dev.nuxari.server.access.AccountId;
import dev.nuxari.server.access.EntitlementId;
import dev.nuxari.server.api.InvalidField;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.api.PageView;
import dev.nuxari.server.api.Person;
import dev.nuxari.server.approvals.ApprovalId;
import dev.nuxari.server.requests.Request.Subject;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.workflow.Operation;
import dev.nuxari.server.workflow.Workflow;
import dev.nuxari.server.workflow.WorkflowId;
import dev.nuxari.server.workflow.WorkflowState;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/requests")
class RequestController {
    private static final int LONGEST_JUSTIFICATION = 2000;

    private final Requests requests;

    RequestController(Requests requests) {
        this.requests = requests;
    }

    record NewRequest(
            @Nullable EntitlementId entitlementId,
            @Nullable AccountId accountId,
            @Nullable Operation operation,
            String justification) {
        NewRequest {
            operation = Objects.requireNonNullElse(operation, Operation.GRANT);
            justification = InvalidField.text("justification", justification, LONGEST_JUSTIFICATION);
            if (operation == Operation.PERFORM) {
                throw new InvalidField("operation", "is asked for at the agent that performs it");
            }
            if (operation == Operation.DISABLE) {
                InvalidField.required("accountId", accountId);
                if (entitlementId != null) {
                    throw new InvalidField("entitlementId", "has no meaning when an account is disabled");
                }
            } else {
                InvalidField.required("entitlementId", entitlementId);
            }
        }

        Wish wish() {
            return new Wish(Objects.requireNonNull(operation), entitlementId, accountId, justification);
        }
    }

    /** Nothing can be said about it yet. */
    record NewCancellation() {}

    record RequestedEntitlementView(EntitlementId id, String name, String connectorName, Risk risk) {}

    record RequestedAccountView(AccountId id, String displayName) {}

    record RequestView(
            RequestId id,
            Request.State state,
            Operation operation,
            String connectorName,
            @Nullable RequestedEntitlementView entitlement,
            RequestedAccountView account,
            Person requester,
            @Nullable Person beneficiary,
            String justification,
            Risk risk,
            ApprovalId approvalId,
            WorkflowId workflowId,
            @Nullable WorkflowState workflowState,
            @Nullable UUID evidencePackageId,
            Instant createdAt,
            @Nullable Instant decidedAt,
            PlanHash planHash) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    RequestView submitRequest(OrganizationId organization, @RequestBody NewRequest body, Caller caller) {
        return switch (requests.submit(organization, caller, body.wish())) {
            case Submission.Submitted(RequestReport report) -> view(report);
            case Submission.Refused(RequestRefusal refusal) -> throw problem(refusal);
        };
    }

    @GetMapping
    PageView<RequestView> listRequests(
            OrganizationId organization,
            @RequestParam(defaultValue = "false") boolean mine,
            @RequestParam(required = false) Request.@Nullable State state,
            PageRequest page,
            Caller caller) {
        return PageView.of(
                requests.list(organization, caller, new RequestFilter(mine, state), page), RequestController::view);
    }

    @GetMapping("/{id}")
    RequestView showRequest(OrganizationId organization, @PathVariable RequestId id, Caller caller) {
        return requests.find(organization, caller, id)
                .map(RequestController::view)
                .orElseThrow(() -> problem(RequestRefusal.NO_SUCH_REQUEST));
    }

    @PostMapping("/{id}/cancellations")
    @ResponseStatus(HttpStatus.CREATED)
    RequestView cancelRequest(
            OrganizationId organization,
            @PathVariable RequestId id,
            @RequestBody(required = false) @Nullable NewCancellation body,
            Caller caller) {
        return switch (requests.cancel(organization, caller, id)) {
            case Cancellation.Cancelled(RequestReport report) -> view(report);
            case Cancellation.Refused(RequestRefusal refusal) -> throw problem(refusal);
        };
    }

    private static RequestView view(RequestReport report) {
        Request request = report.request();
        Workflow run = report.run();
        Subject subject = request.subject();
        MemberId beneficiary = request.beneficiary();
        return new RequestView(
                request.id(),
                request.state(),
                subject.operation(),
                subject.connectorName(),
                entitlement(report),
                new RequestedAccountView(subject.account(), subject.accountName()),
                Person.of(request.requester(), report.names()),
                beneficiary == null ? null : Person.of(beneficiary, report.names()),
                request.justification(),
                request.risk(),
                request.question().approval(),
                request.question().workflow(),
                run == null ? null : run.state(),
                run == null ? null : run.evidencePackage().orElse(null),
                request.createdAt(),
                request.decidedAt(),
                request.question().plan());
    }

    private static @Nullable RequestedEntitlementView entitlement(RequestReport report) {
        Subject subject = report.request().subject();
        Risk risk = report.entitlementRisk();
        EntitlementId id = subject.entitlement();
        String name = subject.entitlementName();
        return id == null || name == null || risk == null
                ? null
                : new RequestedEntitlementView(id, name, subject.connectorName(), risk);
    }

    private static ProblemException problem(RequestRefusal refusal) {
        return new ProblemException(refusal, refusal.advice());
    }
}
