-- What proves a workflow. Rows are added and that is all.

CREATE TABLE evidence_record (
    organization_id uuid        NOT NULL REFERENCES organization,
    record_id       uuid        NOT NULL,
    workflow_id     uuid        NOT NULL,
    type            text        NOT NULL CHECK (type IN ('access-evaluation', 'approval', 'pre-change-snapshot',
                                                         'execution-log', 'validation-result')),
    at              timestamptz NOT NULL,
    content         text        NOT NULL,
    hash            text        NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
    PRIMARY KEY (organization_id, record_id)
);
CREATE INDEX ON evidence_record (organization_id, workflow_id);

CREATE TABLE evidence_package (
    organization_id uuid        NOT NULL REFERENCES organization,
    package_id      uuid        NOT NULL,
    workflow_id     uuid        NOT NULL,
    outcome         text        NOT NULL CHECK (outcome IN ('completed', 'failed', 'rejected', 'cancelled', 'expired')),
    plan_hash       text        NOT NULL,
    merkle_root     text        NOT NULL CHECK (merkle_root ~ '^[0-9a-f]{64}$'),
    records         int         NOT NULL,
    sealed          text        NOT NULL,
    log_index       bigint      NOT NULL,
    sealed_at       timestamptz NOT NULL,
    PRIMARY KEY (organization_id, package_id),
    FOREIGN KEY (organization_id, log_index) REFERENCES audit_event
);
CREATE INDEX ON evidence_package (organization_id, workflow_id);

CALL protect('evidence_record');
CALL protect('evidence_package');
CALL append_only('evidence_record');
CALL append_only('evidence_package');
