package dev.nuxari.server.requests;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Permission;
import dev.nuxari.kernel.Risk;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.server.access.Account;
import dev.nuxari.server.access.AccountId;
import dev.nuxari.server.access.Catalogue;
import dev.nuxari.server.access.Entitlement;
import dev.nuxari.server.access.EntitlementId;
import dev.nuxari.server.access.Standing;
import dev.nuxari.server.connectors.Connectors;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.requests.Request.Question;
import dev.nuxari.server.requests.Request.State;
import dev.nuxari.server.requests.Request.Subject;
import dev.nuxari.server.requests.Submission.Refused;
import dev.nuxari.server.requests.Submission.Submitted;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.MemberNames;
import dev.nuxari.server.workflow.Plan;
import dev.nuxari.server.workflow.PlannedStep;
import dev.nuxari.server.workflow.Workflow;
import dev.nuxari.server.workflow.WorkflowId;
import dev.nuxari.server.workflow.Workflows;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds out what a wish is about, judges it, and turns it into a plan. Works in the scope that is open. */
@Component
class RequestDesk {
    private static final Standing NOTHING = new Standing(false, false);

    private final Catalogue catalogue;
    private final Connectors connectors;
    private final Workflows workflows;
    private final RequestStore store;
    private final MemberNames names;
    private final Redactor redactor;
    private final InstantSource clock;

    RequestDesk(
            Catalogue catalogue,
            Connectors connectors,
            Workflows workflows,
            RequestStore store,
            MemberNames names,
            Redactor redactor,
            InstantSource clock) {
        this.catalogue = catalogue;
        this.connectors = connectors;
        this.workflows = workflows;
        this.store = store;
        this.names = names;
        this.redactor = redactor;
        this.clock = clock;
    }

    Submission judge(OrganizationId organization, Caller caller, Wish wish) {
        Circumstances circumstances = circumstances(organization, caller, wish);
        return RequestRule.firstViolated(circumstances)
                .<Submission>map(Refused::new)
                .orElseGet(() -> submit(organization, caller, circumstances));
    }

    private Circumstances circumstances(OrganizationId organization, Caller caller, Wish wish) {
        Optional<Entitlement> entitlement =
                Optional.ofNullable(wish.entitlement()).flatMap(id -> catalogue.entitlement(organization, caller, id));
        List<Account> accounts = accounts(organization, caller, wish, entitlement);
        return new Circumstances(
                wish,
                entitlement.orElse(null),
                accounts,
                accounts.stream().allMatch(account -> account.belongsTo(caller.email())),
                caller.may(Permission.FINDINGS_REMEDIATE),
                standing(organization, caller, accounts, entitlement));
    }

    private List<Account> accounts(
            OrganizationId organization, Caller caller, Wish wish, Optional<Entitlement> entitlement) {
        AccountId named = wish.account();
        if (named != null) {
            return catalogue.account(organization, caller, named).stream().toList();
        }
        return entitlement
                .map(wanted -> catalogue.ownAccounts(organization, caller, wanted.connector()))
                .orElse(List.of());
    }

    private Standing standing(
            OrganizationId organization, Caller caller, List<Account> accounts, Optional<Entitlement> entitlement) {
        if (accounts.isEmpty() || entitlement.isEmpty()) {
            return NOTHING;
        }
        EntitlementId wanted = entitlement.get().id();
        return catalogue.standing(organization, caller, accounts.getFirst().id(), wanted);
    }

    private Submission submit(OrganizationId organization, Caller caller, Circumstances circumstances) {
        Draft draft = draft(organization, caller, circumstances);
        Json.Obj planned = draft.plan().toJson();
        if (!redactor.redact(planned).json().equals(planned) || namesMask(draft.plan())) {
            // A step with a masked id could not be carried out, and one with the id would store the secret.
            return new Refused(RequestRefusal.SECRET_IN_PLAN);
        }
        Workflows.Submitted submitted = workflows.submit(
                organization,
                caller,
                new Workflows.Submission(draft.plan(), circumstances.risk(), evaluated(circumstances.entitlement())));
        var request = new Request(
                draft.id(),
                State.SUBMITTED,
                caller.memberId(),
                draft.plan().beneficiary().orElse(null),
                draft.subject(),
                circumstances.risk(),
                draft.plan().justification(),
                new Question(submitted.approval(), submitted.planHash(), submitted.workflow()),
                draft.plan().createdAt(),
                null);
        store.add(request, words(request));
        return new Submitted(report(organization, caller, request));
    }

    /** What was called by a secret is known under a mask, and the system does not know that name. */
    private boolean namesMask(Plan plan) {
        return plan.steps().stream()
                .flatMap(step -> Stream.concat(
                        Stream.of(step.account().nativeId()),
                        Stream.ofNullable(step.entitlement()).map(PlannedStep.Entitlement::nativeId)))
                .anyMatch(id -> redactor.redact(id).isMasked());
    }

    private RequestStore.Words words(Request request) {
        Subject subject = request.subject();
        return new RequestStore.Words(
                redactor.redact(request.justification()),
                redactor.redact(subject.connectorName()),
                redactor.redact(subject.accountName()),
                Optional.ofNullable(subject.entitlementName())
                        .map(redactor::redact)
                        .orElse(null));
    }

    RequestReport report(OrganizationId organization, Caller caller, Request request) {
        return reports(organization, caller, List.of(request)).getFirst();
    }

    /** What others know of these requests is looked up for all of them at once. */
    List<RequestReport> reports(OrganizationId organization, Caller caller, List<Request> requests) {
        Map<MemberId, String> people =
                names.of(requests.stream().flatMap(Request::people).collect(Collectors.toSet()));
        Map<EntitlementId, Risk> risks = catalogue.risks(
                organization,
                caller,
                requests.stream()
                        .flatMap(request -> Stream.ofNullable(request.subject().entitlement()))
                        .toList());
        Map<WorkflowId, Workflow> runs = workflows.all(
                organization,
                caller,
                requests.stream().map(request -> request.question().workflow()).toList());
        return requests.stream()
                .map(request -> new RequestReport(
                        request,
                        people,
                        Optional.ofNullable(request.subject().entitlement())
                                .map(risks::get)
                                .orElse(null),
                        runs.get(request.question().workflow())))
                .toList();
    }

    /** What a request is going to be. */
    private record Draft(RequestId id, Subject subject, Plan plan) {}

    private Draft draft(OrganizationId organization, Caller caller, Circumstances circumstances) {
        // A plan is written to the millisecond: what is stored has to have the hash of what was shown.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        RequestId id = new RequestId(UuidV7.at(now));
        Subject subject = subject(organization, caller, circumstances);
        Optional<MemberId> beneficiary = Optional.ofNullable(catalogue
                .membersOf(organization, caller, List.of(circumstances.account()))
                .get(circumstances.account().id()));
        var plan = new Plan(
                organization,
                id.value(),
                caller.id(),
                beneficiary,
                List.of(step(circumstances, subject)),
                redactor.redact(circumstances.wish().justification()).text(),
                now);
        return new Draft(id, subject, plan);
    }

    private Subject subject(OrganizationId organization, Caller caller, Circumstances circumstances) {
        Account account = circumstances.account();
        Entitlement entitlement = circumstances.entitlement();
        return new Subject(
                circumstances.wish().operation(),
                account.connector(),
                connectors.names(organization, caller).getOrDefault(account.connector(), ""),
                account.id(),
                account.displayName(),
                entitlement == null ? null : entitlement.id(),
                entitlement == null ? null : entitlement.name());
    }

    private static PlannedStep step(Circumstances circumstances, Subject subject) {
        Account account = circumstances.account();
        Entitlement entitlement = circumstances.entitlement();
        return new PlannedStep(
                1,
                account.connector(),
                subject.connectorName(),
                subject.operation(),
                new PlannedStep.Account(account.nativeId(), account.displayName()),
                entitlement == null
                        ? null
                        : new PlannedStep.Entitlement(entitlement.kind(), entitlement.nativeId(), entitlement.name()));
    }

    private static Json.@Nullable Obj evaluated(@Nullable Entitlement entitlement) {
        return entitlement == null
                ? null
                : Json.object(
                        "connectorId", entitlement.connector().toString(),
                        "nativeId", entitlement.nativeId(),
                        "name", entitlement.name(),
                        "risk", Spelling.of(entitlement.risk()));
    }
}
