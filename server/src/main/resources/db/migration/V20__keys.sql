-- Keys are added, never changed: what was sealed or signed with one has to be opened or verified later.

CREATE TABLE organization_key (
    organization_id uuid        NOT NULL REFERENCES organization,
    version         int         NOT NULL CHECK (version > 0),
    wrapped_key     bytea       NOT NULL,
    master_key_id   text        NOT NULL,
    created_at      timestamptz NOT NULL,
    PRIMARY KEY (organization_id, version)
);

CREATE TABLE signing_key (
    organization_id    uuid        NOT NULL REFERENCES organization,
    name               text        NOT NULL CHECK (name IN ('log', 'action', 'archive')),
    version            int         NOT NULL CHECK (version > 0),
    public_key         bytea       NOT NULL,
    sealed_private_key bytea       NOT NULL,
    not_before         timestamptz NOT NULL,
    PRIMARY KEY (organization_id, name, version)
);

CALL protect('organization_key');
CALL protect('signing_key');
CALL append_only('organization_key');
CALL append_only('signing_key');
