-- An agent says again what it is and what it would do, when that has become something else: it was updated, or its host allows more, or less.
-- Each time is an event; when the last one was is kept, so that a host which was taken over does not fill the log.
ALTER TABLE agent ADD COLUMN described_at timestamptz;
ALTER TABLE agent ADD CHECK (cardinality(capabilities) <= 100);
GRANT UPDATE (described_at) ON agent TO nuxari_app;

-- As it was, and the agent describes itself.
CREATE OR REPLACE FUNCTION require_permitted_agent() RETURNS trigger
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
            AND changed <@ ARRAY ['last_seen_at', 'agent_version', 'capabilities', 'described_at', 'sequence', 'receipts', 'observations'] THEN
            RETURN NEW;
        END IF;
        IF actor = 'system:workflow' AND changed <@ ARRAY ['sequence'] THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% may not change this agent', actor USING ERRCODE = 'check_violation';
END
$$;
