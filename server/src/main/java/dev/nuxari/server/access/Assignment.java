package dev.nuxari.server.access;

import dev.nuxari.kernel.ConnectorId;
import java.time.Instant;

/**
 * An account that holds an entitlement, according to one book or both.
 *
 * @param since when it came into the book; into the approved one where it stands in both
 */
public record Assignment(
        AccountId account,
        String accountName,
        EntitlementId entitlement,
        String entitlementName,
        ConnectorId connector,
        boolean approved,
        boolean observed,
        Instant since) {
    /** How what was seen differs from what was granted. */
    public enum Drift {
        NONE,
        UNAPPROVED_ACCESS,
        MISSING_ACCESS
    }

    public Drift drift() {
        if (approved == observed) {
            return Drift.NONE;
        }
        return observed ? Drift.UNAPPROVED_ACCESS : Drift.MISSING_ACCESS;
    }
}
