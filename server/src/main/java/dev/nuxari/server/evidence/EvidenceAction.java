package dev.nuxari.server.evidence;

import dev.nuxari.server.audit.AuditAction;

enum EvidenceAction implements AuditAction {
    EVIDENCE_SEAL,
    EVIDENCE_EXPORT,
    EVIDENCE_COLLECT,
    EVIDENCE_ATTEST
}
