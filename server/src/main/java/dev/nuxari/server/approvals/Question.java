package dev.nuxari.server.approvals;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Risk;
import java.time.Instant;
import java.util.Optional;

/**
 * What is put to approvers: one plan, its exact text, and the stages it goes through. It does not change once it is put.
 *
 * @param plan the canonical JSON whose SHA-256 is {@code planHash}
 * @param beneficiary whose access it is; neither they nor the requester decide
 */
public record Question(
        ApprovalId id,
        PlanHash planHash,
        String plan,
        Risk risk,
        ApprovalPolicy policy,
        MemberId requester,
        Optional<MemberId> beneficiary,
        Instant createdAt,
        Instant expiresAt) {
    boolean concerns(MemberId member) {
        return requester.equals(member) || beneficiary.filter(member::equals).isPresent();
    }
}
