package dev.nuxari.server.approvals;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Page;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.kernel.Risk;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.api.InvalidField;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.api.PageView;
import dev.nuxari.server.api.Person;
import dev.nuxari.server.approvals.Answer.Verdict;
import dev.nuxari.server.approvals.Approvals.Shown;
import dev.nuxari.server.approvals.Ruling.Accepted;
import dev.nuxari.server.approvals.Ruling.Refused;
import dev.nuxari.server.tenancy.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
@RequestMapping("/api/v1/organizations/{organizationId}/approvals")
class ApprovalController {
    private static final int LONGEST_REASON = 2000;

    private final Approvals approvals;

    ApprovalController(Approvals approvals) {
        this.approvals = approvals;
    }

    /** The states as the wire spells them; here each is a type of its own. */
    enum State {
        OPEN,
        GRANTED,
        REJECTED,
        EXPIRED,
        WITHDRAWN
    }

    /** Whether a stage has its quorum, asks for it, or comes after one that does. */
    enum StageState {
        WAITING,
        OPEN,
        MET
    }

    record DecisionRequest(Verdict verdict, String reason, PlanHash planHash) {
        DecisionRequest {
            InvalidField.required("verdict", verdict);
            InvalidField.required("planHash", planHash);
            reason = InvalidField.text("reason", reason, LONGEST_REASON);
        }
    }

    record StageView(int position, String name, int quorum, Set<Role> roles, long approvals, StageState state) {}

    record DecisionView(Person member, Role role, Verdict verdict, String reason, Instant at, int stage) {}

    /** The plan is the exact one: what is hashed is what is shown. */
    record ApprovalView(
            ApprovalId id,
            State state,
            Risk risk,
            String policy,
            PlanHash planHash,
            Json plan,
            Person requester,
            @Nullable Person beneficiary,
            List<StageView> stages,
            List<DecisionView> decisions,
            Instant createdAt,
            Instant expiresAt,
            boolean mayDecide,
            @Nullable String whyNot) {}

    @GetMapping
    PageView<ApprovalView> listApprovals(
            OrganizationId organization, Caller caller, PageRequest page, @RequestParam Optional<State> state) {
        Page<Shown> shown = approvals.list(organization, caller, state.map(Spelling::of), page);
        return PageView.of(shown, ApprovalController::view);
    }

    @GetMapping("/{id}")
    ApprovalView showApproval(OrganizationId organization, Caller caller, @PathVariable ApprovalId id) {
        return approvals
                .show(organization, caller, id)
                .map(ApprovalController::view)
                .orElseThrow(() -> unknown(id));
    }

    @PostMapping("/{id}/decisions")
    @ResponseStatus(HttpStatus.CREATED)
    ApprovalView decideApproval(
            OrganizationId organization,
            Caller caller,
            @PathVariable ApprovalId id,
            @RequestBody DecisionRequest request) {
        var word = new Approvals.Word(request.verdict(), request.reason(), request.planHash());
        return switch (approvals.decide(organization, caller, id, word)) {
            case Accepted _ -> showApproval(organization, caller, id);
            case Refused(Refusal refusal) -> throw new ProblemException(refusal, refusal.advice());
        };
    }

    private static ProblemException unknown(ApprovalId id) {
        return new ProblemException(Refusal.NO_SUCH_APPROVAL, "There is no approval " + id + ".");
    }

    private static ApprovalView view(Shown shown) {
        Approval approval = shown.approval();
        Question question = approval.question();
        Map<MemberId, String> names = shown.names();
        return new ApprovalView(
                question.id(),
                Spelling.parse(State.class, approval.state()),
                question.risk(),
                question.policy().name(),
                question.planHash(),
                Json.parse(question.plan()),
                Person.of(question.requester(), names),
                question.beneficiary().map(member -> Person.of(member, names)).orElse(null),
                stages(approval),
                approval.decisions().stream()
                        .map(decision -> decisionView(decision, names))
                        .toList(),
                question.createdAt(),
                question.expiresAt(),
                shown.objection().isEmpty(),
                shown.objection().map(Refusal::slug).orElse(null));
    }

    private static DecisionView decisionView(Decision decision, Map<MemberId, String> names) {
        Answer answer = decision.answer();
        return new DecisionView(
                Person.of(answer.by(), names),
                answer.role(),
                answer.verdict(),
                answer.reason(),
                answer.at(),
                decision.stage());
    }

    private static List<StageView> stages(Approval approval) {
        int current =
                approval instanceof Approval.Open open ? open.currentStage().position() : 0;
        return approval.question().policy().stages().stream()
                .map(stage -> stageView(stage, approval, current))
                .toList();
    }

    private static StageView stageView(Stage stage, Approval approval, int current) {
        long agreed = Approval.agreed(stage, approval.decisions());
        StageState state = agreed >= stage.quorum()
                ? StageState.MET
                : stage.position() == current ? StageState.OPEN : StageState.WAITING;
        return new StageView(stage.position(), stage.name(), stage.quorum(), stage.roles(), agreed, state);
    }
}
