package dev.nuxari.server.approvals;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One approver's word. The reason is mandatory because auditors ask for it.
 *
 * @param acr how the approver had signed in, as the broker signed it; null where it said nothing
 * @param seen the hash of the plan the approver looked at
 */
public record Answer(
        MemberId by, Role role, @Nullable String acr, Verdict verdict, String reason, PlanHash seen, Instant at) {
    /** What an approver can say. */
    public enum Verdict {
        APPROVE,
        REJECT
    }

    public Answer {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("a decision needs a reason");
        }
    }
}
