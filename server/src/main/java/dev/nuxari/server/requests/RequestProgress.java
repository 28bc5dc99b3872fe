package dev.nuxari.server.requests;

import dev.nuxari.server.approvals.Approval;
import dev.nuxari.server.approvals.ApprovalSettled;
import dev.nuxari.server.requests.Request.State;
import java.time.InstantSource;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Keeps a request in step with its approval, in the transaction that settles it. */
@Component
class RequestProgress {
    private final RequestStore store;
    private final InstantSource clock;

    RequestProgress(RequestStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @EventListener
    void on(ApprovalSettled settled) {
        store.settle(settled.approval().id(), stateAfter(settled.approval()), clock.instant());
    }

    private static State stateAfter(Approval approval) {
        return switch (approval) {
            case Approval.Open _ -> throw new IllegalStateException("an open approval is not settled");
            case Approval.Granted _, Approval.Rejected _, Approval.Expired _ -> State.DECIDED;
            case Approval.Withdrawn _ -> State.CANCELLED;
        };
    }
}
