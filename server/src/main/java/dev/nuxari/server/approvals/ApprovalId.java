package dev.nuxari.server.approvals;

import java.util.UUID;

/** Names one question put to approvers: the {@code approvalRef} of whatever is done on its word. */
public record ApprovalId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
