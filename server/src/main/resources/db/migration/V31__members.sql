-- Who may change a membership, whatever statement tries. The server's role may write three columns of it; two triggers look
-- at every change: nobody gives more than they have or changes their own lot, and an organization keeps an active owner.

GRANT UPDATE (role, state, version) ON member TO nuxari_app;

-- Changes of one organization's memberships take turns, so that what one has seen of the others still holds when it commits.
-- The lock leaves other rows free to refer to the organization. Only the triggers below call it.
CREATE FUNCTION lock_memberships(organization uuid) RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp AS
$$
BEGIN
    -- Under an older snapshot, whoever waited here would not see what the others did in the meantime.
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'memberships are changed under read committed only' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM FROM organization o WHERE o.organization_id = organization FOR NO KEY UPDATE;
END
$$;

-- The role of the member who opened the scope, as it is now; NULL for the server itself.
CREATE FUNCTION role_of_actor(organization uuid) RETURNS text
    LANGUAGE sql SET search_path = public, pg_temp AS
$$
SELECT m.role
FROM member m
WHERE m.organization_id = organization AND m.state = 'active' AND 'member:' || m.member_id = current_actor();
$$;

-- Binds whoever is not the owner of the tables (or a superuser), by the role that connected: functions and SET ROLE do not
-- change it. Provisioning may bring addresses up to date. The rules are those of MemberRule.
CREATE FUNCTION require_permitted_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
    actor_role text;
BEGIN
    IF pg_has_role(session_user, current_user, 'USAGE')
        OR session_user = 'nuxari_provisioner' AND (NEW.role, NEW.state) = (OLD.role, OLD.state) THEN
        RETURN NEW;
    END IF;
    PERFORM lock_memberships(OLD.organization_id);
    actor_role := role_of_actor(OLD.organization_id);
    IF (actor_role = 'owner' OR actor_role = 'admin' AND 'owner' NOT IN (OLD.role, NEW.role)) IS NOT TRUE THEN
        RAISE EXCEPTION '% may not change this membership', current_actor() USING ERRCODE = 'check_violation';
    END IF;
    IF current_actor() = 'member:' || OLD.member_id
        AND NOT (OLD.role = 'owner' AND NEW.role <> 'owner' AND NEW.state = OLD.state) THEN
        RAISE EXCEPTION 'nobody changes their own membership, except an owner who steps down'
            USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.state NOT IN ('active', 'suspended') OR NEW.state NOT IN ('active', 'suspended') THEN
        RAISE EXCEPTION 'only enrolled members change roles and states' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.version <> OLD.version + 1 THEN
        RAISE EXCEPTION 'a change makes the next version' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER permitted_change BEFORE UPDATE ON member
    FOR EACH ROW EXECUTE FUNCTION require_permitted_change();

-- Binds everybody, the owner of the tables included, and runs when the whole statement has been carried out.
CREATE FUNCTION require_an_owner() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    PERFORM lock_memberships(OLD.organization_id);
    PERFORM FROM member m
    WHERE m.organization_id = OLD.organization_id AND m.role = 'owner' AND m.state = 'active';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'organization % would have no active owner', OLD.organization_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER last_owner AFTER UPDATE OR DELETE ON member
    FOR EACH ROW WHEN (OLD.role = 'owner' AND OLD.state = 'active') EXECUTE FUNCTION require_an_owner();
