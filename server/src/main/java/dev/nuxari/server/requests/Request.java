package dev.nuxari.server.requests;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Risk;
import dev.nuxari.server.access.AccountId;
import dev.nuxari.server.access.EntitlementId;
import dev.nuxari.server.approvals.ApprovalId;
import dev.nuxari.server.workflow.Operation;
import dev.nuxari.server.workflow.WorkflowId;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked for.
 *
 * @param beneficiary the member whose access it is, if the account belongs to one
 * @param decidedAt when it was settled, by approvers or by whoever took it back
 */
public record Request(
        RequestId id,
        State state,
        MemberId requester,
        @Nullable MemberId beneficiary,
        Subject subject,
        Risk risk,
        String justification,
        Question question,
        Instant createdAt,
        @Nullable Instant decidedAt) {
    /** How far the asking has come; how far the doing has come is the workflow's business. */
    public enum State {
        DRAFT,
        SUBMITTED,
        DECIDED,
        CANCELLED
    }

    /**
     * What is to be done to whose access, by the names of the moment.
     *
     * @param entitlement absent when an account is to be disabled
     */
    public record Subject(
            Operation operation,
            ConnectorId connector,
            String connectorName,
            AccountId account,
            String accountName,
            @Nullable EntitlementId entitlement,
            @Nullable String entitlementName) {}

    /** Who was asked, about which plan, and who carries it out. */
    public record Question(ApprovalId approval, PlanHash plan, WorkflowId workflow) {}

    /** Whoever it names. */
    Stream<MemberId> people() {
        return Stream.concat(Stream.of(requester), Stream.ofNullable(beneficiary));
    }

    /** Whether it is about this member. */
    boolean concerns(MemberId member) {
        return requester.equals(member) || member.equals(beneficiary);
    }
}
