-- What people asked for. The names are those of the moment, as in the plan; whose names they are is looked up when shown.

CREATE TABLE request (
    organization_id  uuid        NOT NULL,
    request_id       uuid        NOT NULL,
    requester        uuid        NOT NULL,
    beneficiary      uuid,
    operation        text        NOT NULL CHECK (operation IN ('grant', 'revoke', 'disable')),
    connector_id     uuid        NOT NULL,
    connector_name   text        NOT NULL,
    account_id       uuid        NOT NULL,
    account_name     text        NOT NULL,
    entitlement_id   uuid,
    entitlement_name text,
    risk             text        NOT NULL CHECK (risk IN ('low', 'medium', 'high', 'critical')),
    justification    text        NOT NULL CHECK (btrim(justification) <> ''),
    state            text        NOT NULL DEFAULT 'submitted'
        CHECK (state IN ('draft', 'submitted', 'decided', 'cancelled')),
    approval_id      uuid        NOT NULL,
    plan_hash        text        NOT NULL,
    workflow_id      uuid        NOT NULL,
    created_at       timestamptz NOT NULL,
    decided_at       timestamptz,
    PRIMARY KEY (organization_id, request_id),
    UNIQUE (organization_id, approval_id),
    FOREIGN KEY (organization_id, requester) REFERENCES member,
    FOREIGN KEY (organization_id, beneficiary) REFERENCES member,
    FOREIGN KEY (organization_id, account_id, connector_id)
        REFERENCES account (organization_id, account_id, connector_id),
    FOREIGN KEY (organization_id, entitlement_id, connector_id)
        REFERENCES entitlement (organization_id, entitlement_id, connector_id),
    FOREIGN KEY (organization_id, approval_id, plan_hash) REFERENCES approval (organization_id, approval_id, plan_hash),
    FOREIGN KEY (organization_id, workflow_id) REFERENCES workflow,
    CHECK ((operation = 'disable') = (entitlement_id IS NULL)),
    CHECK ((entitlement_id IS NULL) = (entitlement_name IS NULL)),
    CHECK ((state = 'submitted') = (decided_at IS NULL))
);
CREATE INDEX ON request (organization_id, requester, request_id);
CREATE INDEX ON request (organization_id, beneficiary, request_id);
CREATE INDEX ON request (organization_id, state, request_id);

-- A request is settled once.
CREATE FUNCTION require_submitted_request() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF OLD.state <> 'submitted' THEN
        RAISE EXCEPTION 'request % is settled', OLD.request_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER submitted_request BEFORE UPDATE ON request
    FOR EACH ROW EXECUTE FUNCTION require_submitted_request();

CALL protect('request');
GRANT SELECT, INSERT ON request TO nuxari_app;
GRANT UPDATE (state, decided_at) ON request TO nuxari_app;
GRANT EXECUTE ON FUNCTION require_submitted_request TO nuxari_app;
