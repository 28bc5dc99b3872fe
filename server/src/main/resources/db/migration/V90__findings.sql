-- What deviates. A finding is never deleted; that it was there stays on record.

CREATE TABLE finding (
    organization_id uuid        NOT NULL REFERENCES organization,
    finding_id      uuid        NOT NULL,
    kind            text        NOT NULL CHECK (kind IN ('control-failure')),
    severity        text        NOT NULL CHECK (severity IN ('critical', 'high', 'medium', 'low', 'informational')),
    state           text        NOT NULL CHECK (state IN ('open')),
    rule            text        NOT NULL,
    subject         text        NOT NULL,
    first_seen_at   timestamptz NOT NULL,
    last_seen_at    timestamptz NOT NULL,
    PRIMARY KEY (organization_id, finding_id),
    UNIQUE (organization_id, rule, subject)
);

CALL protect('finding');
GRANT SELECT, INSERT ON finding TO nuxari_app;
GRANT UPDATE (last_seen_at) ON finding TO nuxari_app;
