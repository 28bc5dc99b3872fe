package dev.nuxari.server.audit;

import dev.nuxari.kernel.PlanHash;
import dev.nuxari.server.redaction.Redacted;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One auditable fact of the organization whose scope is open.
 *
 * <p>The fields follow NIST SP 800-53 AU-3. Who acts is not among them: the log takes the caller of the open scope, so that
 * no module can name somebody else.
 *
 * @param approvalRef the approval on whose word it was done
 * @param before what was, {@code after} what is; both without secrets
 */
public record AuditEvent(
        AuditAction action,
        Target target,
        Outcome outcome,
        @Nullable UUID approvalRef,
        @Nullable PlanHash planHash,
        @Nullable UUID requestId,
        Redacted before,
        Redacted after,
        Redacted metadata) {
    /** What came of it. A refusal is evidence too. */
    public enum Outcome {
        SUCCEEDED,
        REFUSED,
        FAILED
    }

    /** What it was done to: a kind of entity, as the API spells it, and its id. */
    public record Target(String type, String id) {
        public Target(String type, UUID id) {
            this(type, id.toString());
        }
    }

    /** A success without particulars; the methods below add them. */
    public static AuditEvent of(AuditAction action, Target target) {
        return new AuditEvent(
                action, target, Outcome.SUCCEEDED, null, null, null, Redacted.EMPTY, Redacted.EMPTY, Redacted.EMPTY);
    }

    public AuditEvent outcome(Outcome came) {
        return new AuditEvent(action, target, came, approvalRef, planHash, requestId, before, after, metadata);
    }

    /** Names the approval and the plan it was given for. */
    public AuditEvent under(UUID approval, PlanHash plan) {
        return new AuditEvent(action, target, outcome, approval, plan, requestId, before, after, metadata);
    }

    public AuditEvent planHash(PlanHash plan) {
        return new AuditEvent(action, target, outcome, approvalRef, plan, requestId, before, after, metadata);
    }

    public AuditEvent requestId(UUID request) {
        return new AuditEvent(action, target, outcome, approvalRef, planHash, request, before, after, metadata);
    }

    public AuditEvent change(Redacted was, Redacted is) {
        return new AuditEvent(action, target, outcome, approvalRef, planHash, requestId, was, is, metadata);
    }

    public AuditEvent metadata(Redacted particulars) {
        return new AuditEvent(action, target, outcome, approvalRef, planHash, requestId, before, after, particulars);
    }
}
