-- Edge agents: programs on hosts that nobody reaches from outside. Each holds a key that never leaves its host and a token, of which
-- the database has the hash. An agent walks through a door of its own, behind which is what is its own, and the hashes of the log.

CREATE TABLE agent (
    organization_id uuid        NOT NULL REFERENCES organization,
    agent_id        uuid        NOT NULL,
    name            text        NOT NULL CHECK (name <> ''),
    state           text        NOT NULL CHECK (state IN ('pending', 'active', 'revoked', 'lost')),
    -- From its enrolment on. The key stays when the agent has ended, so that nobody enrols with it again.
    public_key      bytea CHECK (length(public_key) = 32),
    key_thumbprint  text CHECK (key_thumbprint ~ '^[A-Za-z0-9_-]{43}$'),
    host_name       text CHECK (host_name ~ '^[A-Za-z0-9.-]{1,253}$'),
    agent_version   text CHECK (agent_version ~ '^[A-Za-z0-9_][A-Za-z0-9._@:+-]{0,63}$'),
    capabilities    text[],
    enrolled_at     timestamptz,
    last_seen_at    timestamptz,
    -- The highest numbers: of packages, which the server gives, and of what the agent has sent.
    sequence        bigint      NOT NULL DEFAULT 0 CHECK (sequence >= 0),
    receipts        bigint      NOT NULL DEFAULT 0 CHECK (receipts >= 0),
    observations    bigint      NOT NULL DEFAULT 0 CHECK (observations >= 0),
    created_at      timestamptz NOT NULL,
    created_by      uuid        NOT NULL,
    ended_at        timestamptz,
    ended_by        uuid,
    PRIMARY KEY (organization_id, agent_id),
    UNIQUE (organization_id, key_thumbprint),
    FOREIGN KEY (organization_id, created_by) REFERENCES member,
    FOREIGN KEY (organization_id, ended_by) REFERENCES member,
    CHECK (num_nulls(public_key, key_thumbprint, host_name, agent_version, capabilities, enrolled_at) IN (0, 6)),
    CHECK (state <> 'active' OR public_key IS NOT NULL),
    CHECK (state <> 'pending' OR public_key IS NULL),
    CHECK ((state IN ('revoked', 'lost')) = (ended_at IS NOT NULL) AND num_nulls(ended_at, ended_by) <> 1)
);

-- What a host shows once to become an agent.
CREATE TABLE agent_enrolment (
    organization_id  uuid        NOT NULL,
    enrolment_id     uuid        NOT NULL,
    agent_id         uuid        NOT NULL,
    token_hash       text        NOT NULL CHECK (token_hash ~ '^[0-9a-f]{64}$'),
    -- The key manifest whose fingerprint stands in the command.
    manifest_version int         NOT NULL CHECK (manifest_version > 0),
    created_at       timestamptz NOT NULL,
    created_by       uuid        NOT NULL,
    expires_at       timestamptz NOT NULL CHECK (expires_at > created_at AND expires_at <= created_at + interval '24 hours'),
    used_at          timestamptz,
    revoked_at       timestamptz,
    PRIMARY KEY (organization_id, enrolment_id),
    UNIQUE (organization_id, token_hash),
    FOREIGN KEY (organization_id, agent_id) REFERENCES agent,
    FOREIGN KEY (organization_id, created_by) REFERENCES member,
    CHECK (num_nonnulls(used_at, revoked_at) <= 1)
);
CREATE INDEX ON agent_enrolment (organization_id, agent_id);

CREATE TABLE agent_token (
    organization_id uuid        NOT NULL,
    token_id        uuid        NOT NULL,
    agent_id        uuid        NOT NULL,
    token_hash      text        NOT NULL CHECK (token_hash ~ '^[0-9a-f]{64}$'),
    created_at      timestamptz NOT NULL,
    -- Its first use ends the one before it.
    used_at         timestamptz,
    ended_at        timestamptz,
    PRIMARY KEY (organization_id, token_id),
    UNIQUE (organization_id, token_hash),
    FOREIGN KEY (organization_id, agent_id) REFERENCES agent
);
CREATE INDEX ON agent_token (organization_id, agent_id);

-- Signed orders. Each is for one attempt of one step of a plan that was granted: see require_permitted_package.
CREATE TABLE agent_package (
    organization_id uuid        NOT NULL,
    package_id      uuid        NOT NULL,
    agent_id        uuid        NOT NULL,
    execution_id    uuid        NOT NULL,
    workflow_id     uuid        NOT NULL,
    approval_ref    uuid        NOT NULL,
    plan_hash       text        NOT NULL,
    step            int         NOT NULL,
    sequence        bigint      NOT NULL CHECK (sequence > 0),
    package_hash    text        NOT NULL CHECK (package_hash ~ '^[0-9a-f]{64}$'),
    envelope        text        NOT NULL,
    event_index     bigint      NOT NULL CHECK (event_index >= 0),
    created_at      timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL CHECK (expires_at > created_at AND expires_at <= created_at + interval '7 days'),
    PRIMARY KEY (organization_id, package_id),
    UNIQUE (organization_id, agent_id, sequence),
    UNIQUE (organization_id, execution_id),
    FOREIGN KEY (organization_id, agent_id) REFERENCES agent,
    FOREIGN KEY (organization_id, execution_id) REFERENCES execution
);
CREATE INDEX ON agent_package (organization_id, agent_id, expires_at);

-- What agents say became of packages, as they signed it.
CREATE TABLE agent_receipt (
    organization_id uuid        NOT NULL,
    agent_id        uuid        NOT NULL,
    number          bigint      NOT NULL CHECK (number > 0),
    receipt_hash    text        NOT NULL CHECK (receipt_hash ~ '^[0-9a-f]{64}$'),
    envelope        text        NOT NULL,
    package_hash    text        NOT NULL CHECK (package_hash ~ '^[0-9a-f]{64}$'),
    -- Only where it is one of this agent's.
    package_id      uuid,
    outcome         text        NOT NULL
        CHECK (outcome IN ('changed', 'unchanged', 'resolved-by-observation', 'interrupted', 'failed', 'rejected')),
    reason          text,
    at              timestamptz NOT NULL,
    received_at     timestamptz NOT NULL,
    PRIMARY KEY (organization_id, agent_id, number),
    FOREIGN KEY (organization_id, agent_id) REFERENCES agent,
    FOREIGN KEY (organization_id, package_id) REFERENCES agent_package
);
CREATE INDEX ON agent_receipt (organization_id, package_id) WHERE package_id IS NOT NULL;

-- The last that each source of an agent has said.
CREATE TABLE agent_observation (
    organization_id uuid        NOT NULL,
    agent_id        uuid        NOT NULL,
    source          text        NOT NULL CHECK (source ~ '^[A-Za-z0-9_][A-Za-z0-9._@:+-]{0,63}$'),
    number          bigint      NOT NULL CHECK (number > 0),
    envelope        text        NOT NULL,
    envelope_hash   text        NOT NULL CHECK (envelope_hash ~ '^[0-9a-f]{64}$'),
    at              timestamptz NOT NULL,
    received_at     timestamptz NOT NULL,
    PRIMARY KEY (organization_id, agent_id, source),
    FOREIGN KEY (organization_id, agent_id) REFERENCES agent
);

-- Their word that a checkpoint continues what they saw.
CREATE TABLE agent_cosignature (
    organization_id uuid        NOT NULL,
    agent_id        uuid        NOT NULL,
    size            bigint      NOT NULL CHECK (size >= 0),
    signature       text        NOT NULL,
    at              timestamptz NOT NULL,
    PRIMARY KEY (organization_id, agent_id, size),
    FOREIGN KEY (organization_id, agent_id) REFERENCES agent
);
CREATE INDEX ON agent_cosignature (organization_id, size);

CALL protect('agent');
CALL protect('agent_enrolment');
CALL protect('agent_token');
CALL protect('agent_package');
CALL protect('agent_receipt');
CALL protect('agent_observation');
CALL protect('agent_cosignature');
CALL append_only('agent_package');
CALL append_only('agent_receipt');

GRANT SELECT, INSERT ON agent TO nuxari_app;
GRANT UPDATE (state, public_key, key_thumbprint, host_name, agent_version, capabilities, enrolled_at, last_seen_at, sequence,
              receipts, observations, ended_at, ended_by) ON agent TO nuxari_app;
GRANT SELECT, INSERT, UPDATE (used_at, revoked_at) ON agent_enrolment TO nuxari_app;
GRANT SELECT, INSERT, UPDATE (used_at, ended_at) ON agent_token TO nuxari_app;
GRANT SELECT, INSERT, UPDATE (number, envelope, envelope_hash, at, received_at) ON agent_observation TO nuxari_app;
GRANT SELECT, INSERT, DELETE ON agent_cosignature TO nuxari_app;

-- The doors look before a scope is open, the triggers look.
CREATE POLICY door ON agent TO nuxari_owner USING (true) WITH CHECK (true);
CREATE POLICY door ON agent_token TO nuxari_owner USING (true) WITH CHECK (true);
CREATE POLICY judging ON agent_enrolment TO nuxari_owner
    USING (organization_id = (SELECT current_organization())) WITH CHECK (organization_id = (SELECT current_organization()));

-- Which agent holds a token, and whether it still opens something.
CREATE FUNCTION find_agent(organization uuid, hash text)
    RETURNS TABLE (agent_id uuid, token_id uuid, public_key bytea, is_first_use boolean, seen_at timestamptz, ended_at timestamptz,
                   state text)
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS
$$
SELECT a.agent_id, t.token_id, a.public_key, t.used_at IS NULL, a.last_seen_at, t.ended_at, a.state
FROM agent_token t
JOIN agent a ON a.organization_id = t.organization_id AND a.agent_id = t.agent_id
JOIN organization o ON o.organization_id = t.organization_id AND o.state = 'active'
WHERE t.organization_id = organization AND t.token_hash = hash
$$;

CREATE FUNCTION admit_agent(organization uuid, hash text, expires_at bigint, mac bytea)
    RETURNS TABLE (agent_id uuid, token_id uuid, public_key bytea, is_first_use boolean, seen_at timestamptz, ended_at timestamptz,
                   state text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    PERFORM check_ticket('agent/' || organization || '/' || hash, expires_at, mac);
    RETURN QUERY SELECT * FROM find_agent(organization, hash);
END
$$;

CREATE FUNCTION enter_organization_by_agent(organization uuid, hash text, expires_at bigint, mac bytea) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
    who uuid;
BEGIN
    PERFORM check_ticket('agent/' || organization || '/' || hash, expires_at, mac);
    SELECT f.agent_id INTO who FROM find_agent(organization, hash) f WHERE f.state = 'active' AND f.ended_at IS NULL;
    IF who IS NULL THEN
        RAISE EXCEPTION 'no active agent of organization % has this token', organization USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM open_scope(organization, 'agent:' || who);
END
$$;

-- The agent by which the open scope was entered; NULL for everybody else.
CREATE FUNCTION current_agent() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL RESTRICTED
    RETURN CASE WHEN current_setting('nuxari.actor', true) LIKE 'agent:%'
        THEN substr(current_setting('nuxari.actor', true), 7)::uuid END;

-- Every policy asks it that is not named below, so that a table which is added tomorrow is closed to links and agents too.
CREATE OR REPLACE FUNCTION current_organization() RETURNS uuid
    LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER AS
$$
DECLARE
    organization uuid;
BEGIN
    SELECT public.sealed_organization(secret) INTO organization FROM public.scope_key;
    IF organization IS NULL THEN
        PERFORM public.refuse_unsealed_scope();
    END IF;
    IF current_setting('nuxari.actor') LIKE 'share:%' THEN
        RAISE EXCEPTION 'a link does not open this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF current_setting('nuxari.actor') LIKE 'agent:%' THEN
        RAISE EXCEPTION 'an agent does not open this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN organization;
END
$$;

-- What is the agents' own is open to people and to its agent, and closed to links.
CREATE FUNCTION agents_organization() RETURNS uuid
    LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SET search_path = public, pg_temp AS
$$
DECLARE
    organization uuid := reachable_organization();
BEGIN
    IF current_setting('nuxari.actor') LIKE 'share:%' THEN
        RAISE EXCEPTION 'a link does not open this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN organization;
END
$$;

-- What agents reach beside what links reach: their own.
ALTER POLICY own_organization ON agent
    USING (organization_id = (SELECT agents_organization())) WITH CHECK (organization_id = (SELECT agents_organization()));
ALTER POLICY own_organization ON agent_token
    USING (organization_id = (SELECT agents_organization())) WITH CHECK (organization_id = (SELECT agents_organization()));
ALTER POLICY own_organization ON agent_package
    USING (organization_id = (SELECT agents_organization())) WITH CHECK (organization_id = (SELECT agents_organization()));
ALTER POLICY own_organization ON agent_receipt
    USING (organization_id = (SELECT agents_organization())) WITH CHECK (organization_id = (SELECT agents_organization()));
ALTER POLICY own_organization ON agent_observation
    USING (organization_id = (SELECT agents_organization())) WITH CHECK (organization_id = (SELECT agents_organization()));
ALTER POLICY own_organization ON agent_cosignature
    USING (organization_id = (SELECT agents_organization())) WITH CHECK (organization_id = (SELECT agents_organization()));

CREATE POLICY of_the_agent ON agent AS RESTRICTIVE TO nuxari_app
    USING ((SELECT current_agent()) IS NULL OR agent_id = (SELECT current_agent()));
CREATE POLICY of_the_agent ON agent_token AS RESTRICTIVE TO nuxari_app
    USING ((SELECT current_agent()) IS NULL OR agent_id = (SELECT current_agent()));
CREATE POLICY of_the_agent ON agent_package AS RESTRICTIVE TO nuxari_app
    USING ((SELECT current_agent()) IS NULL OR agent_id = (SELECT current_agent()));
CREATE POLICY of_the_agent ON agent_receipt AS RESTRICTIVE TO nuxari_app
    USING ((SELECT current_agent()) IS NULL OR agent_id = (SELECT current_agent()));
CREATE POLICY of_the_agent ON agent_observation AS RESTRICTIVE TO nuxari_app
    USING ((SELECT current_agent()) IS NULL OR agent_id = (SELECT current_agent()));
CREATE POLICY of_the_agent ON agent_cosignature AS RESTRICTIVE TO nuxari_app
    USING ((SELECT current_agent()) IS NULL OR agent_id = (SELECT current_agent()));

-- Of what links reach, agents read the hashes and heads of the log and the keys that it is signed with.
CREATE POLICY of_the_agent ON organization AS RESTRICTIVE TO nuxari_app USING ((SELECT current_agent()) IS NULL);
CREATE POLICY of_the_agent ON share_link AS RESTRICTIVE TO nuxari_app USING ((SELECT current_agent()) IS NULL);
CREATE POLICY of_the_agent ON audit_event AS RESTRICTIVE TO nuxari_app USING ((SELECT current_agent()) IS NULL);
CREATE POLICY of_the_agent ON evidence_package AS RESTRICTIVE TO nuxari_app USING ((SELECT current_agent()) IS NULL);
CREATE POLICY of_the_agent ON evidence_attestation AS RESTRICTIVE TO nuxari_app USING ((SELECT current_agent()) IS NULL);
CREATE POLICY of_the_agent ON organization_key AS RESTRICTIVE FOR INSERT TO nuxari_app
    WITH CHECK ((SELECT current_agent()) IS NULL);
CREATE POLICY of_the_agent ON key_manifest AS RESTRICTIVE FOR INSERT TO nuxari_app
    WITH CHECK ((SELECT current_agent()) IS NULL);
CREATE POLICY of_the_agent ON signing_key AS RESTRICTIVE FOR INSERT TO nuxari_app
    WITH CHECK ((SELECT current_agent()) IS NULL);

-- Who writes what of an agent, whatever statement tries. Owners and admins name agents and end them; what ends them is final. A host
-- becomes an agent in the transaction that uses up its enrolment. The agent counts what it sends; the server counts packages.
CREATE FUNCTION require_permitted_agent() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
    actor   text := current_setting('nuxari.actor', true);
    changed text[];
BEGIN
    IF pg_has_role(session_user, current_user, 'USAGE') THEN
        RETURN NEW;
    END IF;
    actor := current_actor();
    IF TG_OP = 'INSERT' THEN
        IF NEW.state = 'pending' AND actor = 'member:' || NEW.created_by
            AND role_of_actor(NEW.organization_id) IN ('owner', 'admin') THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION '% may not add this agent', actor USING ERRCODE = 'check_violation';
    END IF;
    SELECT coalesce(array_agg(n.key), '{}') INTO changed
    FROM jsonb_each(to_jsonb(NEW)) n
    WHERE n.value IS DISTINCT FROM to_jsonb(OLD) -> n.key;
    IF NEW.sequence < OLD.sequence OR NEW.receipts < OLD.receipts OR NEW.observations < OLD.observations THEN
        RAISE EXCEPTION 'numbers of agents count up' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.state IN ('pending', 'active') AND NEW.state IN ('revoked', 'lost') THEN
        IF changed <@ ARRAY ['state', 'ended_at', 'ended_by'] AND actor = 'member:' || NEW.ended_by
            AND role_of_actor(NEW.organization_id) IN ('owner', 'admin') THEN
            RETURN NEW;
        END IF;
    ELSIF OLD.state = 'pending' AND NEW.state = 'active' THEN
        IF actor = 'system:agent-enrolment' AND EXISTS (
            SELECT FROM agent_enrolment e
            WHERE e.organization_id = NEW.organization_id AND e.agent_id = NEW.agent_id AND e.used_at IS NOT NULL
              AND e.revoked_at IS NULL AND e.xmin = pg_current_xact_id()::xid) THEN
            RETURN NEW;
        END IF;
    ELSIF OLD.state = 'active' AND NEW.state = 'active' THEN
        IF actor = 'agent:' || NEW.agent_id
            AND changed <@ ARRAY ['last_seen_at', 'agent_version', 'sequence', 'receipts', 'observations'] THEN
            RETURN NEW;
        END IF;
        IF actor = 'system:workflow' AND changed <@ ARRAY ['sequence'] THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% may not change this agent', actor USING ERRCODE = 'check_violation';
END
$$;

CREATE TRIGGER permitted_agent BEFORE INSERT OR UPDATE ON agent
    FOR EACH ROW EXECUTE FUNCTION require_permitted_agent();

-- An enrolment is made and revoked by owners and admins, and used once.
CREATE FUNCTION require_permitted_agent_enrolment() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    IF pg_has_role(session_user, current_user, 'USAGE') THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.used_at IS NULL AND NEW.revoked_at IS NULL AND current_actor() = 'member:' || NEW.created_by
            AND role_of_actor(NEW.organization_id) IN ('owner', 'admin') THEN
            RETURN NEW;
        END IF;
    ELSIF OLD.used_at IS NULL AND OLD.revoked_at IS NULL THEN
        IF NEW.revoked_at IS NOT NULL AND role_of_actor(NEW.organization_id) IN ('owner', 'admin')
            OR NEW.used_at IS NOT NULL AND current_actor() = 'system:agent-enrolment' THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% may not do this with an enrolment', current_actor() USING ERRCODE = 'check_violation';
END
$$;

CREATE TRIGGER permitted_agent_enrolment BEFORE INSERT OR UPDATE ON agent_enrolment
    FOR EACH ROW EXECUTE FUNCTION require_permitted_agent_enrolment();

-- A token comes with the enrolment of its agent, or is asked for by the agent itself. People only end tokens; ended is ended.
CREATE FUNCTION require_permitted_agent_token() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    IF pg_has_role(session_user, current_user, 'USAGE') THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'a token that has ended stays so' USING ERRCODE = 'check_violation';
    END IF;
    IF current_actor() IN ('system:agent-enrolment', 'agent:' || NEW.agent_id)
        OR TG_OP = 'UPDATE' AND NEW.ended_at IS NOT NULL AND role_of_actor(NEW.organization_id) IN ('owner', 'admin') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% may not change tokens of agents', current_actor() USING ERRCODE = 'check_violation';
END
$$;

CREATE TRIGGER permitted_agent_token BEFORE INSERT OR UPDATE ON agent_token
    FOR EACH ROW EXECUTE FUNCTION require_permitted_agent_token();

-- An order is signed for an attempt that the gate has let through and whose permit is used up in this very transaction, of a step that
-- the granted plan gives to this agent. It runs as the caller, so that a row of somebody else is not even found.
CREATE FUNCTION require_permitted_package() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF pg_has_role(session_user, 'nuxari_owner', 'USAGE') THEN
        RETURN NEW;
    END IF;
    -- First of all, because a table without rows does not ask.
    PERFORM current_organization();
    PERFORM FROM execution e
    JOIN execution_redemption r ON r.organization_id = e.organization_id AND r.execution_id = e.execution_id
        AND r.xmin = pg_current_xact_id()::xid
    JOIN approval a ON a.organization_id = e.organization_id AND a.approval_id = e.approval_ref AND a.plan_hash = e.plan_hash
        AND a.state = 'granted' AND a.expires_at > clock_timestamp()
    JOIN agent g ON g.organization_id = e.organization_id AND g.agent_id = NEW.agent_id AND g.state = 'active'
    WHERE e.organization_id = NEW.organization_id AND e.execution_id = NEW.execution_id
      AND (e.workflow_id, e.approval_ref, e.plan_hash, e.step) = (NEW.workflow_id, NEW.approval_ref, NEW.plan_hash, NEW.step)
      AND NOT EXISTS (SELECT FROM execution_outcome o
                      WHERE o.organization_id = e.organization_id AND o.execution_id = e.execution_id)
      AND (SELECT count(*) FROM jsonb_array_elements(a.plan::jsonb -> 'steps') s
           WHERE (s ->> 'position')::int = e.step AND s #>> '{action,agentId}' = NEW.agent_id::text) = 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no permit for this order' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER permitted_package BEFORE INSERT ON agent_package
    FOR EACH ROW EXECUTE FUNCTION require_permitted_package();

-- What an agent says is written by that agent.
CREATE FUNCTION require_own_word() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    IF pg_has_role(session_user, current_user, 'USAGE') THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    IF current_actor() IS DISTINCT FROM 'agent:' || coalesce(NEW.agent_id, OLD.agent_id) THEN
        RAISE EXCEPTION '% does not speak for this agent', current_actor() USING ERRCODE = 'check_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END
$$;

CREATE TRIGGER own_word BEFORE INSERT ON agent_receipt FOR EACH ROW EXECUTE FUNCTION require_own_word();
CREATE TRIGGER own_word BEFORE INSERT OR UPDATE ON agent_observation FOR EACH ROW EXECUTE FUNCTION require_own_word();
CREATE TRIGGER own_word BEFORE INSERT OR DELETE ON agent_cosignature FOR EACH ROW EXECUTE FUNCTION require_own_word();

GRANT EXECUTE ON FUNCTION admit_agent, enter_organization_by_agent, current_agent, agents_organization TO nuxari_app;
GRANT EXECUTE ON FUNCTION require_permitted_package TO nuxari_app;
