-- Questions put to approvers. A state that permits something is never taken at its word: 'granted' needs the decisions of
-- enough eligible people beside it, and a decision can only be written by the person who is there.

CREATE TABLE approval (
    organization_id uuid        NOT NULL REFERENCES organization,
    approval_id     uuid        NOT NULL,
    plan_hash       text        NOT NULL CHECK (plan_hash ~ '^[0-9a-f]{64}$'),
    plan            text        NOT NULL,
    risk            text        NOT NULL CHECK (risk IN ('low', 'medium', 'high', 'critical')),
    policy          text        NOT NULL,
    requester       uuid        NOT NULL,
    beneficiary     uuid,
    state           text        NOT NULL CHECK (state IN ('open', 'granted', 'rejected', 'expired', 'withdrawn')),
    expires_at      timestamptz NOT NULL,
    created_at      timestamptz NOT NULL,
    PRIMARY KEY (organization_id, approval_id),
    UNIQUE (organization_id, approval_id, plan_hash),
    FOREIGN KEY (organization_id, requester) REFERENCES member,
    FOREIGN KEY (organization_id, beneficiary) REFERENCES member,
    CHECK (plan_hash = encode(sha256(convert_to(plan, 'UTF8')), 'hex'))
);
CREATE INDEX ON approval (organization_id, state, approval_id);

CREATE TABLE approval_stage (
    organization_id uuid   NOT NULL,
    approval_id     uuid   NOT NULL,
    position        int    NOT NULL CHECK (position > 0),
    name            text   NOT NULL,
    quorum          int    NOT NULL CHECK (quorum > 0),
    roles           text[] NOT NULL CHECK (roles <@ ARRAY ['owner', 'admin', 'approver'] AND cardinality(roles) > 0),
    PRIMARY KEY (organization_id, approval_id, position),
    FOREIGN KEY (organization_id, approval_id) REFERENCES approval
);

-- One decision per person and approval, whatever the stage: a quorum counts distinct people.
CREATE TABLE approval_decision (
    organization_id uuid        NOT NULL,
    approval_id     uuid        NOT NULL,
    member_id       uuid        NOT NULL,
    stage           int         NOT NULL,
    role            text        NOT NULL,
    verdict         text        NOT NULL CHECK (verdict IN ('approve', 'reject')),
    reason          text        NOT NULL CHECK (btrim(reason) <> ''),
    plan_hash       text        NOT NULL,
    at              timestamptz NOT NULL,
    PRIMARY KEY (organization_id, approval_id, member_id),
    FOREIGN KEY (organization_id, approval_id, plan_hash) REFERENCES approval (organization_id, approval_id, plan_hash),
    FOREIGN KEY (organization_id, approval_id, stage) REFERENCES approval_stage,
    FOREIGN KEY (organization_id, member_id) REFERENCES member
);

-- Nobody decides in somebody else's name, in a role they do not have, on their own request, or for their own access.
CREATE FUNCTION require_own_decision() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF current_actor() IS DISTINCT FROM 'member:' || NEW.member_id THEN
        RAISE EXCEPTION 'a decision is written by the person who decides' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM FROM member m
    JOIN approval a ON a.organization_id = m.organization_id AND a.approval_id = NEW.approval_id
    JOIN approval_stage s ON s.organization_id = a.organization_id AND s.approval_id = a.approval_id
        AND s.position = NEW.stage
    WHERE m.organization_id = NEW.organization_id AND m.member_id = NEW.member_id AND m.state = 'active'
      AND m.role = NEW.role AND NEW.role = ANY (s.roles)
      AND a.state = 'open' AND NEW.member_id <> a.requester AND NEW.member_id IS DISTINCT FROM a.beneficiary;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'member % may not decide on approval %', NEW.member_id, NEW.approval_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER own_decision BEFORE INSERT ON approval_decision
    FOR EACH ROW EXECUTE FUNCTION require_own_decision();

-- An approval is born open. It is granted only with the quorum of every stage, and there is at least one.
CREATE FUNCTION require_quorum() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'open' THEN
            RAISE EXCEPTION 'an approval is born open' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state <> 'open' AND NEW.state <> OLD.state AND NOT (OLD.state = 'granted' AND NEW.state = 'expired') THEN
        RAISE EXCEPTION 'approval % is closed', NEW.approval_id USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = 'granted' AND (
        NOT EXISTS (SELECT FROM approval_stage s
                    WHERE s.organization_id = NEW.organization_id AND s.approval_id = NEW.approval_id)
        OR EXISTS (SELECT FROM approval_stage s
                   WHERE s.organization_id = NEW.organization_id AND s.approval_id = NEW.approval_id
                     AND s.quorum > (SELECT count(*) FROM approval_decision d
                                     WHERE d.organization_id = s.organization_id AND d.approval_id = s.approval_id
                                       AND d.stage = s.position AND d.verdict = 'approve' AND d.role = ANY (s.roles)
                                       AND d.member_id <> NEW.requester
                                       AND d.member_id IS DISTINCT FROM NEW.beneficiary))
        OR EXISTS (SELECT FROM approval_decision d
                   WHERE d.organization_id = NEW.organization_id AND d.approval_id = NEW.approval_id
                     AND d.verdict = 'reject')
    ) THEN
        RAISE EXCEPTION 'approval % has not reached its quorum', NEW.approval_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER quorum BEFORE INSERT OR UPDATE ON approval
    FOR EACH ROW EXECUTE FUNCTION require_quorum();

-- The stages are part of the question: they are there when it is put, and do not change afterwards.
CREATE FUNCTION require_new_question() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    PERFORM FROM approval a
    WHERE a.organization_id = NEW.organization_id AND a.approval_id = NEW.approval_id
      AND a.xmin = pg_current_xact_id()::xid;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the stages of approval % are settled', NEW.approval_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER new_question BEFORE INSERT ON approval_stage
    FOR EACH ROW EXECUTE FUNCTION require_new_question();

CALL protect('approval');
CALL protect('approval_stage');
CALL protect('approval_decision');
CALL append_only('approval_stage');
CALL append_only('approval_decision');
GRANT SELECT, INSERT ON approval TO nuxari_app;
GRANT UPDATE (state) ON approval TO nuxari_app;
GRANT EXECUTE ON FUNCTION require_own_decision, require_quorum, require_new_question TO nuxari_app;
