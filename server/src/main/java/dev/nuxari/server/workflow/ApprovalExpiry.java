package dev.nuxari.server.workflow;

import dev.nuxari.server.approvals.ApprovalId;
import dev.nuxari.server.approvals.Approvals;
import dev.nuxari.server.tenancy.Caller;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Closes approvals that nobody decided in time, when their time is up. */
@Component
class ApprovalExpiry implements TimerTask {
    static final String KIND = "approval-expiry";

    private final Approvals approvals;

    ApprovalExpiry(Approvals approvals) {
        this.approvals = approvals;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Optional<Instant> run(Caller caller, String id) {
        approvals.expire(caller.organization(), caller, new ApprovalId(UUID.fromString(id)));
        return Optional.empty();
    }
}
