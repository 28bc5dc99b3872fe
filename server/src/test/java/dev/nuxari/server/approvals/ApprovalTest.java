package dev.nuxari.server.approvals;

import static dev.nuxari.server.approvals.ApprovalFixtures.BENEFICIARY;
import static dev.nuxari.server.approvals.ApprovalFixtures.BOB;
import static dev.nuxari.server.approvals.ApprovalFixtures.CAROL;
import static dev.nuxari.server.approvals.ApprovalFixtures.NOON;
import static dev.nuxari.server.approvals.ApprovalFixtures.PLAN;
import static dev.nuxari.server.approvals.ApprovalFixtures.REQUESTER;
import static dev.nuxari.server.approvals.ApprovalFixtures.approve;
import static dev.nuxari.server.approvals.ApprovalFixtures.open;
import static dev.nuxari.server.approvals.ApprovalFixtures.reject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Risk;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.approvals.Answer.Verdict;
import dev.nuxari.server.approvals.Approval.Granted;
import dev.nuxari.server.approvals.Approval.Open;
import dev.nuxari.server.approvals.Approval.Rejected;
import dev.nuxari.server.approvals.Ruling.Accepted;
import dev.nuxari.server.approvals.Ruling.Refused;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who decides, on what, and when it is enough. */
class ApprovalTest {
    @Test
    void oneApproverGrantsALowRisk() {
        assertThat(accepted(open(Risk.LOW).decide(approve(BOB, Role.APPROVER)))).isInstanceOf(Granted.class);
    }

    @Test
    void highRiskNeedsTwoDistinctPeople() {
        Approval once = accepted(open(Risk.HIGH).decide(approve(BOB, Role.APPROVER)));

        assertThat(once).isInstanceOf(Open.class);
        assertThat(((Open) once).decide(approve(BOB, Role.APPROVER))).isEqualTo(new Refused(Refusal.ALREADY_DECIDED));
        assertThat(accepted(((Open) once).decide(approve(CAROL, Role.ADMIN)))).isInstanceOf(Granted.class);
    }

    @Test
    void criticalRiskGoesThroughItsStagesInOrder() {
        Open first = open(Risk.CRITICAL);
        assertThat(first.decide(approve(CAROL, Role.ADMIN))).isEqualTo(new Refused(Refusal.NOT_ELIGIBLE));

        Open second = (Open) accepted(first.decide(approve(BOB, Role.APPROVER)));

        assertThat(second.currentStage().name()).isEqualTo("ownership");
        assertThat(accepted(second.decide(approve(CAROL, Role.OWNER)))).isInstanceOf(Granted.class);
    }

    @Test
    @Claim("A3")
    void neitherTheRequesterNorThePersonWhoseAccessItIsDecides() {
        assertThat(open(Risk.LOW).decide(approve(REQUESTER, Role.OWNER))).isEqualTo(new Refused(Refusal.SELF_APPROVAL));
        assertThat(open(Risk.LOW).decide(reject(BENEFICIARY, Role.OWNER)))
                .isEqualTo(new Refused(Refusal.SELF_APPROVAL));
    }

    @ParameterizedTest
    @EnumSource(names = {"REQUESTER", "AUDITOR", "READONLY"})
    void rolesThatDoNotDecideAreNotCounted(Role role) {
        assertThat(open(Risk.LOW).decide(approve(BOB, role))).isEqualTo(new Refused(Refusal.NOT_ELIGIBLE));
    }

    @Test
    @Claim("V3")
    void decisionOnAnotherPlanDoesNotCount() {
        var other = new Answer(BOB, Role.APPROVER, null, Verdict.APPROVE, "ok", new PlanHash("b".repeat(64)), NOON);

        assertThat(open(Risk.LOW).decide(other)).isEqualTo(new Refused(Refusal.PLAN_CHANGED));
    }

    @Test
    void expiredApprovalIsDecidedByNobody() {
        var late = new Answer(BOB, Role.APPROVER, null, Verdict.APPROVE, "ok", PLAN, NOON.plus(Duration.ofDays(7)));

        assertThat(open(Risk.LOW).decide(late)).isEqualTo(new Refused(Refusal.APPROVAL_EXPIRED));
    }

    @Test
    void oneNoIsEnough() {
        Approval once = accepted(open(Risk.HIGH).decide(approve(BOB, Role.APPROVER)));

        assertThat(accepted(((Open) once).decide(reject(CAROL, Role.ADMIN)))).isInstanceOf(Rejected.class);
    }

    @Test
    void decisionNeedsAReason() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Answer(BOB, Role.APPROVER, null, Verdict.APPROVE, " ", PLAN, NOON));
    }

    private static Approval accepted(Ruling ruling) {
        assertThat(ruling).isInstanceOf(Accepted.class);
        return ((Accepted) ruling).approval();
    }
}
