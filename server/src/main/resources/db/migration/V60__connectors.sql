-- The governed systems. Settings hold no secret: credentials are the vault's.

CREATE TABLE connector (
    organization_id  uuid        NOT NULL REFERENCES organization,
    connector_id     uuid        NOT NULL DEFAULT uuidv7(),
    kind             text        NOT NULL CHECK (kind IN ('keycloak', 'postgresql', 'ldap')),
    name             text        NOT NULL CHECK (name <> ''),
    settings         text        NOT NULL,
    state            text        NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'retired')),
    health           text        NOT NULL DEFAULT 'unknown' CHECK (health IN ('unknown', 'healthy', 'unreachable')),
    health_reason    text,
    accounts         int,
    entitlements     int,
    last_observed_at timestamptz,
    created_at       timestamptz NOT NULL,
    version          int         NOT NULL DEFAULT 1,
    PRIMARY KEY (organization_id, connector_id),
    UNIQUE (organization_id, name)
);

CALL protect('connector');
GRANT SELECT, INSERT, UPDATE (health, health_reason, accounts, entitlements, last_observed_at) ON connector TO nuxari_app;
