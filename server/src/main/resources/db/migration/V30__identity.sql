-- Browser sessions. The browser holds the secret, the row its SHA-256.

CREATE TABLE session (
    organization_id uuid        NOT NULL REFERENCES organization,
    session_id      uuid        NOT NULL DEFAULT uuidv7(),
    token_hash      text        NOT NULL CHECK (token_hash ~ '^[0-9a-f]{64}$'),
    member_id       uuid        NOT NULL,
    acr             text,
    amr             text        NOT NULL,
    auth_time       timestamptz,
    created_at      timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    last_seen_at    timestamptz NOT NULL,
    ended_at        timestamptz,
    -- The broker's own session (sid) behind it: when that one ends, this one does.
    broker_session  text,
    PRIMARY KEY (organization_id, session_id),
    UNIQUE (organization_id, token_hash),
    FOREIGN KEY (organization_id, member_id) REFERENCES member
);

CREATE INDEX ON session (organization_id, member_id) WHERE ended_at IS NULL;

CALL protect('session');
GRANT SELECT, INSERT, UPDATE (last_seen_at, ended_at) ON session TO nuxari_app;
