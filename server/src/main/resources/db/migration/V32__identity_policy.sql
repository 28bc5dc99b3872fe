-- From which e-mail domains an organization enrols (claim T3). The list is judged here, on the member's row: whatever door
-- somebody comes by, and whoever holds it open.

-- A domain as DNS compares it: lower-case labels of letters, digits and hyphens, at least two, the last one not a number.
-- An international domain stands in its ASCII form (RFC 5890, A-label); EmailDomain makes it.
CREATE FUNCTION is_domain(domain text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    RETURN domain COLLATE "C"
        ~ '^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$';

CREATE FUNCTION are_domains(domains text[]) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    RETURN cardinality(domains) <= 1000 AND NOT EXISTS (SELECT FROM unnest(domains) d WHERE is_domain(d) IS NOT TRUE);

-- The domain of an address, or NULL where the address does not say it beyond doubt. What some mail systems read as an
-- address of another domain is in doubt: quoted and encoded local parts, routes, anything that is not ASCII.
CREATE FUNCTION email_domain(address text) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN (
        SELECT candidate
        FROM (VALUES (lower(substring(address COLLATE "C" FROM '@([A-Za-z0-9.-]*[A-Za-z0-9])\.?$')))) AS d (candidate)
        WHERE address COLLATE "C"
                ~ '^(?=.{1,64}@)[A-Za-z0-9#$&''*+/=?^_`{|}~-]+(\.[A-Za-z0-9#$&''*+/=?^_`{|}~-]+)*@[A-Za-z0-9.-]+$'
            AND position('=?' IN address) = 0
            AND is_domain(candidate));

CREATE TABLE identity_policy (
    organization_id        uuid   PRIMARY KEY REFERENCES organization,
    email_domain_allowlist text[] NOT NULL DEFAULT '{}' CHECK (are_domains(email_domain_allowlist)),
    version                int    NOT NULL DEFAULT 1
);

CALL protect('identity_policy');

-- Read by the trigger on members, written when an organization is made.
CREATE POLICY door ON identity_policy TO nuxari_owner USING (true) WITH CHECK (true);

CREATE FUNCTION add_identity_policy() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    INSERT INTO identity_policy (organization_id) VALUES (NEW.organization_id);
    RETURN NULL;
END
$$;

INSERT INTO identity_policy (organization_id) SELECT organization_id FROM organization;
CREATE TRIGGER identity_policy AFTER INSERT ON organization
    FOR EACH ROW EXECUTE FUNCTION add_identity_policy();

-- Judged when the row is as it will stay. The lock makes an enrolment and a new list take turns. Who is a member already
-- stays one when the list changes, and may be suspended and come back.
CREATE FUNCTION require_allowed_domain() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
    allowed text[];
BEGIN
    SELECT p.email_domain_allowlist INTO STRICT allowed
    FROM identity_policy p
    WHERE p.organization_id = NEW.organization_id
    FOR SHARE;
    IF cardinality(allowed) > 0 AND (email_domain(NEW.email) = ANY (allowed)) IS NOT TRUE THEN
        RAISE EXCEPTION 'the address is in no domain that the organization enrols from'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER allowed_domain AFTER INSERT ON member
    FOR EACH ROW EXECUTE FUNCTION require_allowed_domain();
CREATE TRIGGER allowed_domain_later AFTER UPDATE ON member
    FOR EACH ROW WHEN (NEW.email IS DISTINCT FROM OLD.email
        OR NEW.organization_id <> OLD.organization_id
        OR OLD.state IN ('invited', 'deprovisioned') AND NEW.state NOT IN (OLD.state, 'deprovisioned'))
    EXECUTE FUNCTION require_allowed_domain();

-- The policy is changed by those who may, whatever statement tries.
CREATE FUNCTION require_permitted_policy() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    IF NOT pg_has_role(session_user, current_user, 'USAGE')
        AND (role_of_actor(OLD.organization_id) IN ('owner', 'admin')) IS NOT TRUE THEN
        RAISE EXCEPTION '% may not change the identity policy', current_actor() USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER permitted_policy BEFORE UPDATE ON identity_policy
    FOR EACH ROW EXECUTE FUNCTION require_permitted_policy();

GRANT EXECUTE ON FUNCTION is_domain, are_domains TO nuxari_app;
GRANT SELECT, UPDATE (email_domain_allowlist, version) ON identity_policy TO nuxari_app;
