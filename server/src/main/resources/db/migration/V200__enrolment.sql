-- Doors by which somebody becomes a member without provisioning: an invite that is accepted, a directory that sends its people
-- (SCIM), a first sign-in by the organization's own identity provider. Each is a name that the server enters under,
-- system:<door>/<id>, and what it permits is read here from the row behind that id, on the member's row: whatever statement
-- tries, it enrols no further than an administrator has said.

-- Who comes in by each of them is said where it is built. Until then: nobody.
CREATE FUNCTION invite_permits(source uuid, before member, after member) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS
$$ SELECT false $$;

CREATE FUNCTION scim_permits(source uuid, before member, after member) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS
$$ SELECT false $$;

CREATE FUNCTION federation_permits(source uuid, before member, after member) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS
$$ SELECT false $$;

-- Whether the door under which the scope was entered permits a membership to become another one.
--
-- before: NULL for somebody who is no member yet
CREATE FUNCTION source_permits(before member, after member) RETURNS boolean
    LANGUAGE plpgsql SET search_path = public, pg_temp AS
$$
DECLARE
    door text[] := regexp_match(current_actor(), '^system:(invite|scim|federation)/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$');
BEGIN
    -- No door makes owners, touches one, or gives a membership to somebody else.
    IF door IS NULL OR after.role = 'owner' OR before.role = 'owner' OR after.subject <> before.subject THEN
        RETURN false;
    END IF;
    RETURN CASE door[1]
               WHEN 'invite' THEN invite_permits(door[2]::uuid, before, after)
               WHEN 'scim' THEN scim_permits(door[2]::uuid, before, after)
               WHEN 'federation' THEN federation_permits(door[2]::uuid, before, after)
           END;
END
$$;

-- The roles in the order of what they may do to an organization; a ceiling is one of them.
CREATE FUNCTION role_rank(role text) RETURNS int
    LANGUAGE sql IMMUTABLE
    RETURN array_position(ARRAY ['readonly', 'requester', 'auditor', 'approver', 'admin', 'owner'], role);

-- Binds whoever is not the owner of the tables (or a superuser), by the role that connected, as the rules of changes do.
CREATE FUNCTION require_permitted_enrolment() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    IF pg_has_role(session_user, current_user, 'USAGE') OR session_user = 'nuxari_provisioner' THEN
        RETURN NEW;
    END IF;
    IF (NEW.state = 'active' AND NEW.version = 1 AND source_permits(NULL, NEW)) IS NOT TRUE THEN
        RAISE EXCEPTION '% may not enrol this person', current_actor() USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER permitted_enrolment BEFORE INSERT ON member
    FOR EACH ROW EXECUTE FUNCTION require_permitted_enrolment();

CREATE OR REPLACE FUNCTION require_permitted_change() RETURNS trigger
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
    IF NEW.version <> OLD.version + 1 THEN
        RAISE EXCEPTION 'a change makes the next version' USING ERRCODE = 'check_violation';
    END IF;
    IF source_permits(OLD, NEW) THEN
        RETURN NEW;
    END IF;
    IF (NEW.subject, NEW.email, NEW.display_name) IS DISTINCT FROM (OLD.subject, OLD.email, OLD.display_name) THEN
        RAISE EXCEPTION 'name and address come from where the person came from' USING ERRCODE = 'check_violation';
    END IF;
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
    RETURN NEW;
END
$$;

GRANT INSERT (organization_id, subject, email, display_name, role, state) ON member TO nuxari_app;
GRANT UPDATE (email, display_name) ON member TO nuxari_app;
