-- Runs of approved plans, and the execution gate's half in the database.

CREATE TABLE workflow (
    organization_id uuid        NOT NULL REFERENCES organization,
    workflow_id     uuid        NOT NULL,
    request_id      uuid        NOT NULL,
    approval_ref    uuid        NOT NULL,
    plan_hash       text        NOT NULL,
    requester       uuid        NOT NULL,
    state           text        NOT NULL CHECK (state IN ('awaiting-approval', 'scheduled', 'running', 'validating',
                                                          'completed', 'failed', 'rejected', 'cancelled', 'expired')),
    step            int         NOT NULL DEFAULT 1,
    attempts        int         NOT NULL DEFAULT 0,
    next_attempt_at timestamptz,
    failure_class   text CHECK (failure_class IN ('validation', 'connector', 'permission', 'configuration', 'agent')),
    failure_reason  text,
    package_id      uuid,
    created_at      timestamptz NOT NULL,
    ended_at        timestamptz,
    version         int         NOT NULL DEFAULT 1,
    PRIMARY KEY (organization_id, workflow_id),
    -- One approval, one workflow.
    UNIQUE (organization_id, approval_ref),
    FOREIGN KEY (organization_id, approval_ref, plan_hash) REFERENCES approval (organization_id, approval_id, plan_hash),
    FOREIGN KEY (organization_id, requester) REFERENCES member
);
CREATE INDEX ON workflow (organization_id, state, workflow_id);
CREATE INDEX ON workflow (organization_id, requester, workflow_id);

-- One attempt of one privileged step, and on whose word.
CREATE TABLE execution (
    organization_id uuid        NOT NULL,
    execution_id    uuid        NOT NULL,
    workflow_id     uuid        NOT NULL,
    step            int         NOT NULL CHECK (step > 0),
    attempt         int         NOT NULL CHECK (attempt > 0),
    approval_ref    uuid        NOT NULL,
    plan_hash       text        NOT NULL,
    at              timestamptz NOT NULL,
    PRIMARY KEY (organization_id, execution_id),
    UNIQUE (organization_id, workflow_id, step, attempt),
    FOREIGN KEY (organization_id, workflow_id) REFERENCES workflow,
    FOREIGN KEY (organization_id, approval_ref, plan_hash) REFERENCES approval (organization_id, approval_id, plan_hash)
);

-- A permit serves once: whoever adds this row may use the credential.
CREATE TABLE execution_redemption (
    organization_id uuid        NOT NULL,
    execution_id    uuid        NOT NULL,
    at              timestamptz NOT NULL,
    PRIMARY KEY (organization_id, execution_id),
    FOREIGN KEY (organization_id, execution_id) REFERENCES execution
);

-- What came of it. One row and no other: an attempt ends once.
CREATE TABLE execution_outcome (
    organization_id uuid        NOT NULL,
    execution_id    uuid        NOT NULL,
    outcome         text        NOT NULL
        CHECK (outcome IN ('changed', 'unchanged', 'failed', 'interrupted', 'resolved-by-observation')),
    failure_class   text,
    failure_reason  text,
    at              timestamptz NOT NULL,
    PRIMARY KEY (organization_id, execution_id),
    FOREIGN KEY (organization_id, execution_id) REFERENCES execution
);

-- What happened to a workflow, for people: the timeline.
CREATE TABLE workflow_entry (
    organization_id uuid        NOT NULL,
    workflow_id     uuid        NOT NULL,
    entry_id        uuid        NOT NULL DEFAULT uuidv7(),
    at              timestamptz NOT NULL,
    kind            text        NOT NULL,
    step            int,
    detail          text        NOT NULL,
    PRIMARY KEY (organization_id, workflow_id, entry_id),
    FOREIGN KEY (organization_id, workflow_id) REFERENCES workflow
);

-- The lock makes two workflows that race for one approval take turns. The database's own clock judges the expiry.
CREATE FUNCTION require_granted_approval() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    PERFORM FROM approval
    WHERE organization_id = NEW.organization_id AND approval_id = NEW.approval_ref
      AND state = 'granted' AND expires_at > clock_timestamp()
    FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'approval % is not granted, or has expired', NEW.approval_ref
            USING ERRCODE = 'check_violation';
    END IF;
    PERFORM FROM execution
    WHERE organization_id = NEW.organization_id AND approval_ref = NEW.approval_ref
      AND workflow_id <> NEW.workflow_id;
    IF FOUND THEN
        RAISE EXCEPTION 'approval % was consumed by another workflow', NEW.approval_ref
            USING ERRCODE = 'check_violation';
    END IF;
    PERFORM FROM execution e
    WHERE e.organization_id = NEW.organization_id AND e.workflow_id = NEW.workflow_id AND e.step = NEW.step
      AND NOT EXISTS (SELECT FROM execution_outcome o
                      WHERE o.organization_id = e.organization_id AND o.execution_id = e.execution_id);
    IF FOUND THEN
        RAISE EXCEPTION 'an attempt of step % has not ended', NEW.step USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER granted_approval BEFORE INSERT ON execution
    FOR EACH ROW EXECUTE FUNCTION require_granted_approval();

-- Which states follow which. An ended workflow stays ended, except that a failed one may be retried.
CREATE FUNCTION require_possible_transition() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF NEW.state <> OLD.state AND NOT (
        CASE OLD.state
            WHEN 'awaiting-approval' THEN NEW.state IN ('scheduled', 'rejected', 'cancelled', 'expired')
            WHEN 'scheduled' THEN NEW.state IN ('running', 'cancelled', 'failed', 'expired')
            WHEN 'running' THEN NEW.state IN ('validating', 'failed', 'expired')
            WHEN 'validating' THEN NEW.state IN ('running', 'completed', 'failed')
            WHEN 'failed' THEN NEW.state IN ('scheduled')
            ELSE false
        END) THEN
        RAISE EXCEPTION 'a workflow that is % cannot become %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER possible_transition BEFORE UPDATE ON workflow
    FOR EACH ROW EXECUTE FUNCTION require_possible_transition();

CALL protect('workflow');
CALL protect('execution');
CALL protect('execution_redemption');
CALL protect('execution_outcome');
CALL protect('workflow_entry');
CALL append_only('execution');
CALL append_only('execution_redemption');
CALL append_only('execution_outcome');
CALL append_only('workflow_entry');
GRANT SELECT, INSERT ON workflow TO nuxari_app;
GRANT UPDATE (state, step, attempts, next_attempt_at, failure_class, failure_reason, package_id, ended_at, version)
    ON workflow TO nuxari_app;
GRANT EXECUTE ON FUNCTION require_granted_approval, require_possible_transition TO nuxari_app;
