package dev.nuxari.server.approvals;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Risk;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.approvals.Answer.Verdict;
import dev.nuxari.server.approvals.Approval.Open;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

final class ApprovalFixtures {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    static final MemberId REQUESTER = new MemberId(new UUID(1, 1));
    static final MemberId BENEFICIARY = new MemberId(new UUID(1, 2));
    static final MemberId BOB = new MemberId(new UUID(1, 3));
    static final MemberId CAROL = new MemberId(new UUID(1, 4));
    static final PlanHash PLAN = new PlanHash("a".repeat(64));

    private ApprovalFixtures() {}

    static Open open(Risk risk) {
        return new Open(
                new Question(
                        new ApprovalId(new UUID(0, 2)),
                        PLAN,
                        "{}",
                        risk,
                        ApprovalPolicy.forRisk(risk),
                        REQUESTER,
                        Optional.of(BENEFICIARY),
                        NOON,
                        NOON.plus(Duration.ofDays(7))),
                List.of());
    }

    static Answer approve(MemberId by, Role role) {
        return new Answer(by, role, null, Verdict.APPROVE, "checked the plan", PLAN, NOON);
    }

    static Answer reject(MemberId by, Role role) {
        return new Answer(by, role, null, Verdict.REJECT, "not needed", PLAN, NOON);
    }
}
