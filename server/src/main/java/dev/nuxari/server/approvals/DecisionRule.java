package dev.nuxari.server.approvals;

import static dev.nuxari.server.approvals.Refusal.ALREADY_DECIDED;
import static dev.nuxari.server.approvals.Refusal.APPROVAL_EXPIRED;
import static dev.nuxari.server.approvals.Refusal.NOT_ELIGIBLE;
import static dev.nuxari.server.approvals.Refusal.PLAN_CHANGED;
import static dev.nuxari.server.approvals.Refusal.SELF_APPROVAL;

import dev.nuxari.server.approvals.Approval.Open;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** One reason to refuse an answer. The order of {@link #ALL} is the order in which callers learn about them. */
record DecisionRule(Refusal refusal, BiPredicate<Open, Answer> violatedBy) {
    static final List<DecisionRule> ALL = List.of(
            new DecisionRule(
                    APPROVAL_EXPIRED,
                    (open, answer) -> !answer.at().isBefore(open.question().expiresAt())),
            new DecisionRule(SELF_APPROVAL, (open, answer) -> open.question().concerns(answer.by())),
            new DecisionRule(ALREADY_DECIDED, (open, answer) -> open.hasDecided(answer.by())),
            new DecisionRule(
                    NOT_ELIGIBLE, (open, answer) -> !open.currentStage().roles().contains(answer.role())),
            new DecisionRule(
                    PLAN_CHANGED,
                    (open, answer) -> !answer.seen().equals(open.question().planHash())));

    static Optional<Refusal> firstViolated(Open open, Answer answer) {
        return ALL.stream()
                .filter(rule -> rule.violatedBy().test(open, answer))
                .map(DecisionRule::refusal)
                .findFirst();
    }
}
