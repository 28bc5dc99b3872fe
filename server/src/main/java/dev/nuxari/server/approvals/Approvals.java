package dev.nuxari.server.approvals;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Page;
import dev.nuxari.kernel.Permission;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Risk;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.approvals.Answer.Verdict;
import dev.nuxari.server.approvals.Approval.Granted;
import dev.nuxari.server.approvals.Approval.Open;
import dev.nuxari.server.approvals.Ruling.Accepted;
import dev.nuxari.server.approvals.Ruling.Refused;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.redaction.Redacted;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.MemberNames;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Puts plans to approvers, takes their decisions, and answers what was granted. */
@Service
public class Approvals {
    private final OrganizationScope scope;
    private final ApprovalStore store;
    private final AuditLog audit;
    private final Redactor redactor;
    private final ApprovalsConfig config;
    private final ApplicationEventPublisher events;
    private final MemberNames names;
    private final InstantSource clock;

    Approvals(
            OrganizationScope scope,
            ApprovalStore store,
            AuditLog audit,
            Redactor redactor,
            ApprovalsConfig config,
            ApplicationEventPublisher events,
            MemberNames names,
            InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.audit = audit;
        this.redactor = redactor;
        this.config = config;
        this.events = events;
        this.names = names;
        this.clock = clock;
    }

    /** What is to be decided: the plan, without secrets, and for whom. */
    public record Asking(Redacted plan, Risk risk, MemberId requester, Optional<MemberId> beneficiary) {}

    /** What an approver answers over the wire. */
    public record Word(Verdict verdict, String reason, PlanHash seen) {}

    /** Puts a plan to approvers, under the policy of its risk. */
    public Open ask(OrganizationId organization, Caller caller, Asking asking) {
        return scope.within(organization, caller, () -> {
            String plan = asking.plan().json().canonical();
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            var question = new Question(
                    new ApprovalId(UuidV7.at(now)),
                    new PlanHash(Sha256.hexOf(plan.getBytes(StandardCharsets.UTF_8))),
                    plan,
                    asking.risk(),
                    ApprovalPolicy.forRisk(asking.risk()),
                    asking.requester(),
                    asking.beneficiary(),
                    now,
                    now.plus(config.validFor()));
            store.add(question, asking.plan());
            audit.append(event(ApprovalAction.APPROVAL_OPEN, question)
                    .metadata(redactor.redact(Json.object(
                            "risk",
                            Spelling.of(question.risk()),
                            "policy",
                            question.policy().name()))));
            return new Open(question, List.of());
        });
    }

    /** Takes a decision. Whatever comes of it is audited; a refusal changes nothing else. */
    public Ruling decide(OrganizationId organization, Caller caller, ApprovalId id, Word word) {
        return scope.within(organization, caller, () -> {
            var answer = new Answer(
                    caller.memberId(),
                    caller.role().orElse(Role.READONLY),
                    caller.origin().acr(),
                    word.verdict(),
                    redactor.redact(word.reason()).text(),
                    word.seen(),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS));
            return store.lock(id)
                    .map(approval -> decideOn(organization, caller, approval, answer))
                    .orElseGet(() -> new Refused(Refusal.NO_SUCH_APPROVAL));
        });
    }

    private Ruling decideOn(OrganizationId organization, Caller caller, Approval approval, Answer answer) {
        Ruling ruling = approval instanceof Open open ? open.decide(answer) : new Refused(Refusal.APPROVAL_CLOSED);
        if (ruling instanceof Accepted(Approval decided)) {
            store.addDecision(decided.question(), decided.decisions().getLast(), redactor.redact(answer.reason()));
        }
        audit.append(event(ApprovalAction.APPROVAL_DECIDE, approval.question())
                .outcome(ruling instanceof Refused ? Outcome.REFUSED : Outcome.SUCCEEDED)
                .metadata(redactor.redact(particulars(answer, ruling))));
        if (ruling instanceof Accepted(Approval decided)) {
            settle(organization, caller, decided);
        }
        return ruling;
    }

    private static Json particulars(Answer answer, Ruling ruling) {
        Json.Obj said = Json.object("verdict", Spelling.of(answer.verdict()), "reason", answer.reason());
        return switch (ruling) {
            case Refused(Refusal refusal) -> said.with("refusal", refusal.slug());
            // What the approval is from here on: by it an agent knows a grant, and nobody else has to ask the server.
            case Accepted(Approval decided) -> said.with("state", decided.state());
        };
    }

    /** Takes an open question back. Answers empty when it is not open any more. */
    public Optional<Approval> withdraw(OrganizationId organization, Caller caller, ApprovalId id) {
        return close(
                organization,
                caller,
                id,
                ApprovalAction.APPROVAL_WITHDRAW,
                open -> Optional.of(new Approval.Withdrawn(open.question(), open.decisions())));
    }

    /** Closes a question that nobody decided in time. Answers empty when it is not open, or not yet due. */
    public Optional<Approval> expire(OrganizationId organization, Caller caller, ApprovalId id) {
        return close(
                organization,
                caller,
                id,
                ApprovalAction.APPROVAL_EXPIRE,
                open -> clock.instant().isBefore(open.question().expiresAt())
                        ? Optional.empty()
                        : Optional.of(new Approval.Expired(open.question(), open.decisions())));
    }

    private Optional<Approval> close(
            OrganizationId organization,
            Caller caller,
            ApprovalId id,
            ApprovalAction action,
            Function<Open, Optional<Approval>> closing) {
        return scope.within(organization, caller, () -> {
            Optional<Approval> closed = store.lock(id)
                    .flatMap(approval -> approval instanceof Open open ? closing.apply(open) : Optional.empty());
            closed.ifPresent(approval -> {
                audit.append(event(action, approval.question()));
                settle(organization, caller, approval);
            });
            return closed;
        });
    }

    /** Locks a granted approval until the open scope closes, so that two workflows cannot both consume it. */
    public Optional<Granted> lockGranted(OrganizationId organization, Caller caller, ApprovalId id) {
        return scope.within(
                organization,
                caller,
                () -> store.lock(id).filter(Granted.class::isInstance).map(Granted.class::cast));
    }

    public Optional<Approval> find(OrganizationId organization, Caller caller, ApprovalId id) {
        return scope.reading(organization, caller, () -> store.find(id));
    }

    /**
     * An approval as this caller sees it.
     *
     * @param objection why the caller could not decide now, empty if they can
     */
    public record Shown(Approval approval, Map<MemberId, String> names, Optional<Refusal> objection) {}

    public Optional<Shown> show(OrganizationId organization, Caller caller, ApprovalId id) {
        return scope.reading(
                organization,
                caller,
                () -> store.find(id)
                        .map(approval -> shown(List.of(approval), caller).getFirst()));
    }

    /** The newest first, of one state or of every. */
    public Page<Shown> list(OrganizationId organization, Caller caller, Optional<String> state, PageRequest page) {
        return scope.reading(organization, caller, () -> {
            List<Approval> found = store.list(state.orElse(null), page.afterId(), page.rows());
            return Page.cut(
                    shown(found, caller),
                    page.limit(),
                    shown -> shown.approval().id().toString());
        });
    }

    private List<Shown> shown(List<Approval> found, Caller caller) {
        Set<MemberId> people = found.stream().flatMap(Approvals::people).collect(Collectors.toSet());
        Map<MemberId, String> named = names.of(people);
        return found.stream()
                .map(approval -> new Shown(approval, named, objection(approval, caller)))
                .toList();
    }

    private static Stream<MemberId> people(Approval approval) {
        Question question = approval.question();
        return Stream.of(
                        Stream.of(question.requester()),
                        question.beneficiary().stream(),
                        approval.decisions().stream()
                                .map(decision -> decision.answer().by()))
                .flatMap(Function.identity());
    }

    private Optional<Refusal> objection(Approval approval, Caller caller) {
        if (!caller.may(Permission.APPROVALS_DECIDE)) {
            return Optional.of(Refusal.NOT_ELIGIBLE);
        }
        return approval.objectionTo(new Answer(
                caller.memberId(),
                caller.role().orElse(Role.READONLY),
                caller.origin().acr(),
                Verdict.APPROVE,
                "to see whether it would count",
                approval.question().planHash(),
                clock.instant()));
    }

    private void settle(OrganizationId organization, Caller caller, Approval approval) {
        if (approval instanceof Open) {
            return;
        }
        store.saveState(approval);
        events.publishEvent(new ApprovalSettled(organization, caller, approval));
    }

    private static AuditEvent event(ApprovalAction action, Question question) {
        return AuditEvent.of(action, new Target("approval", question.id().value()))
                .under(question.id().value(), question.planHash());
    }
}
