-- What a member's request was answered, so that the same request sent twice acts once. Kept for a day.

CREATE TABLE idempotency_key (
    organization_id uuid        NOT NULL REFERENCES organization,
    member_id       uuid        NOT NULL,
    key             text        NOT NULL CHECK (length(key) BETWEEN 1 AND 128),
    request_hash    text        NOT NULL CHECK (request_hash ~ '^[0-9a-f]{64}$'),
    state           text        NOT NULL CHECK (state IN ('in-progress', 'completed')),
    created_at      timestamptz NOT NULL,
    status          int,
    content_type    text,
    location        text,
    etag            text,
    body            bytea,
    PRIMARY KEY (organization_id, member_id, key),
    FOREIGN KEY (organization_id, member_id) REFERENCES member,
    CHECK ((state = 'completed') = (status IS NOT NULL AND body IS NOT NULL))
);

CREATE INDEX idempotency_key_age ON idempotency_key (organization_id, member_id, created_at);

CALL protect('idempotency_key');
GRANT SELECT, INSERT, DELETE, UPDATE (state, created_at, status, content_type, location, etag, body)
    ON idempotency_key TO nuxari_app;
