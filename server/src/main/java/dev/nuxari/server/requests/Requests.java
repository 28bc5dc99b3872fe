package dev.nuxari.server.requests;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Page;
import dev.nuxari.kernel.Permission;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.approvals.Approvals;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.requests.Submission.Refused;
import dev.nuxari.server.requests.Submission.Submitted;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Takes wishes, has them approved and carried out, and says how far they are. */
@Service
public class Requests {
    private final OrganizationScope scope;
    private final RequestStore store;
    private final RequestDesk desk;
    private final Approvals approvals;
    private final AuditLog audit;
    private final Redactor redactor;

    Requests(
            OrganizationScope scope,
            RequestStore store,
            RequestDesk desk,
            Approvals approvals,
            AuditLog audit,
            Redactor redactor) {
        this.scope = scope;
        this.store = store;
        this.desk = desk;
        this.approvals = approvals;
        this.audit = audit;
        this.redactor = redactor;
    }

    /**
     * Asks for something. In one transaction the wish is judged, and if nothing speaks against it there are a request, a
     * question to approvers, a workflow that waits for their answer, and the audit events of all that. A refusal leaves
     * nothing but its audit event.
     */
    public Submission submit(OrganizationId organization, Caller caller, Wish wish) {
        return scope.within(organization, caller, () -> {
            Submission submission = desk.judge(organization, caller, wish);
            audit.append(event(wish, submission));
            return submission;
        });
    }

    /** Empty for an unknown id, and for a request that the caller may not see. */
    public Optional<RequestReport> find(OrganizationId organization, Caller caller, RequestId id) {
        return scope.reading(
                organization,
                caller,
                () -> visible(caller, id).map(request -> desk.report(organization, caller, request)));
    }

    /** The newest first; whoever may see only their own gets only those. */
    public Page<RequestReport> list(
            OrganizationId organization, Caller caller, RequestFilter filter, PageRequest page) {
        RequestKey before = RequestKey.parse(page.after());
        boolean all = caller.may(Permission.REQUESTS_READ) && !filter.mine();
        return scope.reading(organization, caller, () -> {
            List<Request> found = all
                    ? store.list(filter.state(), before.id(), page.rows())
                    : store.listOf(caller.memberId(), filter.state(), before.id(), page.rows());
            Page<Request> cut =
                    Page.cut(found, page.limit(), request -> request.id().toString());
            return new Page<>(desk.reports(organization, caller, cut.items()), cut.nextCursor());
        });
    }

    /** Takes the caller's own request back while approvers are still asked; the workflow that waited for them ends. */
    public Cancellation cancel(OrganizationId organization, Caller caller, RequestId id) {
        return scope.within(organization, caller, () -> {
            Optional<Request> found = visible(caller, id);
            Optional<RequestRefusal> refusal = found.map(request -> objection(organization, caller, request))
                    .orElse(Optional.of(RequestRefusal.NO_SUCH_REQUEST));
            audit.append(cancellation(id, refusal));
            return refusal.<Cancellation>map(Cancellation.Refused::new)
                    .orElseGet(() -> new Cancellation.Cancelled(
                            desk.report(organization, caller, store.find(id).orElseThrow())));
        });
    }

    /** Withdraws the question, or says why not. The approval is locked before the request, as when it is decided. */
    private Optional<RequestRefusal> objection(OrganizationId organization, Caller caller, Request request) {
        if (!request.requester().equals(caller.memberId())) {
            return Optional.of(RequestRefusal.NOT_PERMITTED);
        }
        return approvals
                        .withdraw(organization, caller, request.question().approval())
                        .isPresent()
                ? Optional.empty()
                : Optional.of(RequestRefusal.REQUEST_SETTLED);
    }

    private Optional<Request> visible(Caller caller, RequestId id) {
        return store.find(id)
                .filter(request -> caller.may(Permission.REQUESTS_READ) || request.concerns(caller.memberId()));
    }

    private AuditEvent event(Wish wish, Submission submission) {
        Json.Obj asked = Json.object("operation", Spelling.of(wish.operation()), "justification", wish.justification());
        asked = wish.entitlement() == null
                ? asked
                : asked.with("entitlementId", wish.entitlement().toString());
        asked = wish.account() == null
                ? asked
                : asked.with("accountId", wish.account().toString());
        return switch (submission) {
            case Submitted(RequestReport(Request request, var _, var _, var _)) ->
                AuditEvent.of(RequestAction.REQUEST_SUBMIT, target(request.id()))
                        .requestId(request.id().value())
                        .under(
                                request.question().approval().value(),
                                request.question().plan())
                        .metadata(redactor.redact(asked.with(
                                "accountId", request.subject().account().toString())));
            case Refused(RequestRefusal refusal) ->
                AuditEvent.of(RequestAction.REQUEST_SUBMIT, wished(wish))
                        .outcome(Outcome.REFUSED)
                        .metadata(redactor.redact(asked.with("refusal", refusal.slug())));
        };
    }

    private AuditEvent cancellation(RequestId id, Optional<RequestRefusal> refusal) {
        AuditEvent event =
                AuditEvent.of(RequestAction.REQUEST_CANCEL, target(id)).requestId(id.value());
        return refusal.map(reason ->
                        event.outcome(Outcome.REFUSED).metadata(redactor.redact(Json.object("refusal", reason.slug()))))
                .orElse(event);
    }

    private static Target target(RequestId id) {
        return new Target("request", id.value());
    }

    /** A refused wish has no request: it is about what was wished for. */
    private static Target wished(Wish wish) {
        if (wish.entitlement() != null) {
            return new Target("entitlement", wish.entitlement().value());
        }
        if (wish.account() != null) {
            return new Target("account", wish.account().value());
        }
        throw new IllegalStateException("a wish names an entitlement or an account");
    }
}
