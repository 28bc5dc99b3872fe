package dev.nuxari.server.workflow;

import dev.nuxari.server.audit.AuditAction;

enum WorkflowAction implements AuditAction {
    WORKFLOW_SUBMIT,
    WORKFLOW_RETRY,
    WORKFLOW_CANCEL,
    WORKFLOW_COMPLETE,
    WORKFLOW_FAIL,
    EXECUTION_PERMIT,
    EXECUTION_REDEEM,
    EXECUTION_END,
    STEP_VALIDATE
}
