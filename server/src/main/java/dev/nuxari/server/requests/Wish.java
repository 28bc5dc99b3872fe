package dev.nuxari.server.requests;

import dev.nuxari.server.access.Account;
import dev.nuxari.server.access.AccountId;
import dev.nuxari.server.access.EntitlementId;
import dev.nuxari.server.workflow.Operation;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks for.
 *
 * @param entitlement what is to be granted or revoked; absent when an account is to be disabled
 * @param account whose access is to change; when absent, the one {@link Account} the caller has in the entitlement's system
 * @param justification why; mandatory because approvers and auditors ask for it
 */
public record Wish(
        Operation operation,
        @Nullable EntitlementId entitlement,
        @Nullable AccountId account,
        String justification) {
    public Wish {
        if (justification.isBlank()) {
            throw new IllegalArgumentException("a request needs a justification");
        }
        if (operation == Operation.PERFORM) {
            throw new IllegalArgumentException("what an agent performs is asked for at the agent");
        }
        if ((entitlement == null) != (operation == Operation.DISABLE)) {
            throw new IllegalArgumentException("a request names an entitlement unless it disables an account");
        }
        if (entitlement == null && account == null) {
            throw new IllegalArgumentException("a request to disable names the account");
        }
    }
}
