-- What is in the governed systems, and the two books: who was granted what, and who was seen to hold what.

-- One row per governed system. Whoever rewrites a system's books locks it; whoever notes a single change in them shares it,
-- so that a long observation and a workflow that ended meanwhile cannot overwrite each other.
CREATE TABLE book (
    organization_id uuid NOT NULL,
    connector_id    uuid NOT NULL,
    PRIMARY KEY (organization_id, connector_id),
    FOREIGN KEY (organization_id, connector_id) REFERENCES connector
);

CREATE TABLE observation (
    organization_id uuid        NOT NULL,
    observation_id  uuid        NOT NULL DEFAULT uuidv7(),
    connector_id    uuid        NOT NULL,
    state           text        NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'completed', 'failed')),
    started_by      text        NOT NULL DEFAULT current_actor(),
    started_at      timestamptz NOT NULL,
    ended_at        timestamptz,
    accounts        int,
    entitlements    int,
    assignments     int,
    summary_hash    text CHECK (summary_hash ~ '^[0-9a-f]{64}$'),
    failure_class   text CHECK (failure_class IN ('validation', 'connector', 'permission', 'configuration', 'agent')),
    failure_reason  text,
    PRIMARY KEY (organization_id, observation_id),
    UNIQUE (organization_id, observation_id, connector_id),
    FOREIGN KEY (organization_id, connector_id) REFERENCES book,
    CHECK ((state = 'running') = (ended_at IS NULL)),
    CHECK ((state = 'completed') = (num_nonnulls(accounts, entitlements, assignments, summary_hash) = 4)),
    CHECK ((state = 'failed') = (num_nonnulls(failure_class, failure_reason) = 2))
);
CREATE INDEX ON observation (organization_id, connector_id, observation_id);
CREATE UNIQUE INDEX observation_one_at_a_time ON observation (organization_id, connector_id) WHERE state = 'running';

-- What was observed is evidence: once an observation has ended, its row stays as it is.
CREATE FUNCTION require_running_observation() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF OLD.state <> 'running' THEN
        RAISE EXCEPTION 'observation % has ended', OLD.observation_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER running_observation BEFORE UPDATE OR DELETE ON observation
    FOR EACH ROW EXECUTE FUNCTION require_running_observation();

-- Rows are never removed: what vanished from the system is absent, and may come back under the same id.
CREATE TABLE account (
    organization_id uuid        NOT NULL,
    account_id      uuid        NOT NULL DEFAULT uuidv7(),
    connector_id    uuid        NOT NULL,
    native_id       text        NOT NULL,
    display_name    text        NOT NULL,
    email           text,
    state           text        NOT NULL CHECK (state IN ('enabled', 'disabled', 'absent')),
    state_seen_at   timestamptz NOT NULL,
    PRIMARY KEY (organization_id, account_id),
    UNIQUE (organization_id, connector_id, native_id),
    UNIQUE (organization_id, account_id, connector_id),
    FOREIGN KEY (organization_id, connector_id) REFERENCES book
);
CREATE INDEX ON account (organization_id, display_name, account_id);
CREATE INDEX ON account (organization_id, lower(email), connector_id);

-- risk, and the description once described_by_hand, belong to people; an observation leaves them alone.
CREATE TABLE entitlement (
    organization_id   uuid    NOT NULL,
    entitlement_id    uuid    NOT NULL DEFAULT uuidv7(),
    connector_id      uuid    NOT NULL,
    kind              text    NOT NULL,
    native_id         text    NOT NULL,
    name              text    NOT NULL,
    description       text    NOT NULL,
    described_by_hand boolean NOT NULL DEFAULT false,
    risk              text    NOT NULL CHECK (risk IN ('low', 'medium', 'high', 'critical')),
    present           boolean NOT NULL DEFAULT true,
    version           int     NOT NULL DEFAULT 1,
    PRIMARY KEY (organization_id, entitlement_id),
    UNIQUE (organization_id, connector_id, kind, native_id),
    UNIQUE (organization_id, entitlement_id, connector_id),
    FOREIGN KEY (organization_id, connector_id) REFERENCES book
);
CREATE INDEX ON entitlement (organization_id, name, entitlement_id);

-- The connector stands in both keys, so that no account can hold an entitlement of another system.
CREATE TABLE approved_assignment (
    organization_id uuid        NOT NULL,
    account_id      uuid        NOT NULL,
    entitlement_id  uuid        NOT NULL,
    connector_id    uuid        NOT NULL,
    source          text        NOT NULL CHECK (source IN ('baseline', 'workflow')),
    observation_id  uuid,
    approval_ref    uuid,
    since           timestamptz NOT NULL,
    PRIMARY KEY (organization_id, account_id, entitlement_id),
    FOREIGN KEY (organization_id, account_id, connector_id)
        REFERENCES account (organization_id, account_id, connector_id),
    FOREIGN KEY (organization_id, entitlement_id, connector_id)
        REFERENCES entitlement (organization_id, entitlement_id, connector_id),
    FOREIGN KEY (organization_id, observation_id, connector_id)
        REFERENCES observation (organization_id, observation_id, connector_id),
    FOREIGN KEY (organization_id, approval_ref) REFERENCES approval,
    CHECK ((source = 'baseline') = (observation_id IS NOT NULL)),
    CHECK ((source = 'workflow') = (approval_ref IS NOT NULL))
);
CREATE INDEX ON approved_assignment (organization_id, connector_id, account_id, entitlement_id);

CREATE TABLE observed_assignment (
    organization_id uuid        NOT NULL,
    account_id      uuid        NOT NULL,
    entitlement_id  uuid        NOT NULL,
    connector_id    uuid        NOT NULL,
    since           timestamptz NOT NULL,
    PRIMARY KEY (organization_id, account_id, entitlement_id),
    FOREIGN KEY (organization_id, account_id, connector_id)
        REFERENCES account (organization_id, account_id, connector_id),
    FOREIGN KEY (organization_id, entitlement_id, connector_id)
        REFERENCES entitlement (organization_id, entitlement_id, connector_id)
);
CREATE INDEX ON observed_assignment (organization_id, connector_id, account_id, entitlement_id);
CREATE INDEX ON observed_assignment (organization_id, entitlement_id);

-- What a workflow saw when it validated a step. An observation that began to look before that does not know better.
CREATE TABLE look (
    organization_id uuid        NOT NULL,
    account_id      uuid        NOT NULL,
    entitlement_id  uuid        NOT NULL,
    at              timestamptz NOT NULL,
    held            boolean     NOT NULL,
    PRIMARY KEY (organization_id, account_id, entitlement_id, at),
    FOREIGN KEY (organization_id, account_id) REFERENCES account,
    FOREIGN KEY (organization_id, entitlement_id) REFERENCES entitlement
);

CALL protect('book');
CALL protect('observation');
CALL protect('account');
CALL protect('entitlement');
CALL protect('approved_assignment');
CALL protect('observed_assignment');
CALL protect('look');
CALL append_only('look');

-- UPDATE on a key column that nothing writes: what SELECT ... FOR UPDATE and FOR SHARE ask for.
GRANT SELECT, INSERT, UPDATE (connector_id) ON book TO nuxari_app;
GRANT SELECT, INSERT ON observation, account, entitlement TO nuxari_app;
GRANT UPDATE (state, ended_at, accounts, entitlements, assignments, summary_hash, failure_class, failure_reason)
    ON observation TO nuxari_app;
GRANT UPDATE (display_name, email, state, state_seen_at) ON account TO nuxari_app;
GRANT UPDATE (name, description, described_by_hand, risk, present, version) ON entitlement TO nuxari_app;
GRANT SELECT, INSERT, UPDATE (source, observation_id, approval_ref), DELETE ON approved_assignment TO nuxari_app;
GRANT SELECT, INSERT, DELETE ON observed_assignment TO nuxari_app;
GRANT EXECUTE ON FUNCTION require_running_observation TO nuxari_app;
