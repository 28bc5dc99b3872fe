package dev.nuxari.server.approvals;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.server.approvals.Answer.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A question put to approvers about one plan. Each state is its own type; only {@link Open} can be decided. */
public sealed interface Approval {
    Question question();

    List<Decision> decisions();

    default ApprovalId id() {
        return question().id();
    }

    /** The state as the wire and the database spell it. */
    default String state() {
        return switch (this) {
            case Open _ -> "open";
            case Granted _ -> "granted";
            case Rejected _ -> "rejected";
            case Expired _ -> "expired";
            case Withdrawn _ -> "withdrawn";
        };
    }

    /** Still asking. */
    record Open(Question question, List<Decision> decisions) implements Approval {
        public Open {
            decisions = List.copyOf(decisions);
        }

        /** Judges an answer: no clock, no database. */
        Ruling decide(Answer answer) {
            return DecisionRule.firstViolated(this, answer)
                    .<Ruling>map(Ruling.Refused::new)
                    .orElseGet(() -> new Ruling.Accepted(settle(answer)));
        }

        boolean hasDecided(MemberId member) {
            return decisions.stream()
                    .anyMatch(decision -> decision.answer().by().equals(member));
        }

        /** The first stage whose quorum is not reached; an open approval always has one. */
        Stage currentStage() {
            return question.policy().stages().stream()
                    .filter(stage -> agreed(stage, decisions) < stage.quorum())
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalStateException("approval " + id() + " is open with every quorum reached"));
        }

        private Approval settle(Answer answer) {
            var decision = new Decision(currentStage().position(), answer);
            List<Decision> all =
                    Stream.concat(decisions.stream(), Stream.of(decision)).toList();
            if (answer.verdict() == Verdict.REJECT) {
                return new Rejected(question, all);
            }
            boolean everyQuorum =
                    question.policy().stages().stream().allMatch(stage -> agreed(stage, all) >= stage.quorum());
            return everyQuorum ? new Granted(question, all) : new Open(question, all);
        }
    }

    /** Every stage reached its quorum. */
    record Granted(Question question, List<Decision> decisions) implements Approval {}

    /** Somebody said no. */
    record Rejected(Question question, List<Decision> decisions) implements Approval {}

    /** Nobody decided in time. */
    record Expired(Question question, List<Decision> decisions) implements Approval {}

    /** The requester took it back. */
    record Withdrawn(Question question, List<Decision> decisions) implements Approval {}

    /** How many people agreed at this stage. */
    static long agreed(Stage stage, List<Decision> decisions) {
        return decisions.stream()
                .filter(decision -> decision.stage() == stage.position())
                .filter(decision -> decision.answer().verdict() == Verdict.APPROVE)
                .map(decision -> decision.answer().by())
                .distinct()
                .count();
    }

    /** Why this member could not decide now, if they could not. */
    default Optional<Refusal> objectionTo(Answer answer) {
        return this instanceof Open open
                ? DecisionRule.firstViolated(open, answer)
                : Optional.of(Refusal.APPROVAL_CLOSED);
    }
}
