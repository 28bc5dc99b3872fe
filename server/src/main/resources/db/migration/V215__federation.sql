-- The identity providers that organizations bring. Settings are addresses, names and public keys; the client's secret is sealed.

CREATE TABLE identity_provider (
    organization_id uuid        NOT NULL REFERENCES organization,
    provider_id     uuid        NOT NULL,
    name            text        NOT NULL CHECK (name <> ''),
    state           text        NOT NULL CHECK (state IN ('draft', 'enabled', 'disabled')),
    preset          text        NOT NULL CHECK (preset IN ('entra-id', 'okta', 'google', 'oidc', 'saml')),
    source          text        NOT NULL,
    -- What was found there when it was enabled.
    connection      text,
    sealed_secret   bytea,
    default_role    text        NOT NULL CHECK (role_rank(default_role) <= role_rank(ceiling)),
    -- No provider makes owners.
    ceiling         text        NOT NULL CHECK (role_rank(ceiling) < role_rank('owner')),
    groups_claim    text        NOT NULL,
    rules           text        NOT NULL,
    created_at      timestamptz NOT NULL,
    version         int         NOT NULL CHECK (version > 0),
    PRIMARY KEY (organization_id, provider_id),
    UNIQUE (organization_id, name),
    CHECK (state <> 'enabled' OR connection IS NOT NULL)
);

ALTER TABLE identity_provider
    ALTER COLUMN name SET STATISTICS 0,
    ALTER COLUMN source SET STATISTICS 0,
    ALTER COLUMN connection SET STATISTICS 0,
    ALTER COLUMN sealed_secret SET STATISTICS 0,
    ALTER COLUMN groups_claim SET STATISTICS 0,
    ALTER COLUMN rules SET STATISTICS 0;

CALL protect('identity_provider');
GRANT SELECT, INSERT, DELETE ON identity_provider TO nuxari_app;
GRANT UPDATE (name, state, source, connection, sealed_secret, default_role, ceiling, groups_claim, rules, version)
    ON identity_provider TO nuxari_app;

-- The triggers and the door read it.
CREATE POLICY counting ON identity_provider TO nuxari_owner
    USING (organization_id = (SELECT current_organization())) WITH CHECK (organization_id = (SELECT current_organization()));

-- Who may, whatever statement tries. Beyond ten none is added.
CREATE FUNCTION require_permitted_provider() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
    organization uuid := coalesce(NEW.organization_id, OLD.organization_id);
BEGIN
    IF pg_has_role(session_user, current_user, 'USAGE') THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    IF (role_of_actor(organization) IN ('owner', 'admin')) IS NOT TRUE THEN
        RAISE EXCEPTION '% may not change identity providers', current_actor() USING ERRCODE = 'check_violation';
    END IF;
    -- The secret is sealed by a statement of its own.
    IF TG_OP = 'UPDATE' AND NEW.version <> OLD.version + 1 AND NOT (NEW.version = OLD.version
        AND (NEW.name, NEW.state, NEW.source, NEW.connection, NEW.default_role, NEW.ceiling, NEW.groups_claim, NEW.rules)
            IS NOT DISTINCT FROM
            (OLD.name, OLD.state, OLD.source, OLD.connection, OLD.default_role, OLD.ceiling, OLD.groups_claim, OLD.rules))
    THEN
        RAISE EXCEPTION 'a change makes the next version' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM lock_memberships(organization);
        IF (SELECT count(*) FROM identity_provider p WHERE p.organization_id = organization) >= 10 THEN
            RETURN NULL;
        END IF;
    END IF;
    RETURN coalesce(NEW, OLD);
END
$$;

CREATE TRIGGER permitted_provider BEFORE INSERT OR UPDATE OR DELETE ON identity_provider
    FOR EACH ROW EXECUTE FUNCTION require_permitted_provider();

-- Who comes in by a provider: people with an address of a domain that is verified for the organization, while the provider is
-- enabled, with a role within its ceiling. Of a member only the role changes, and only below the ceiling.
CREATE OR REPLACE FUNCTION federation_permits(source uuid, before member, after member) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS
$$
SELECT EXISTS (
    SELECT FROM identity_provider p
    WHERE p.organization_id = after.organization_id AND p.provider_id = federation_permits.source AND p.state = 'enabled'
      AND role_rank(after.role) <= role_rank(p.ceiling)
      AND (before.member_id IS NULL OR role_rank(before.role) <= role_rank(p.ceiling))
      AND EXISTS (
          SELECT FROM organization_domain d
          WHERE d.organization_id = p.organization_id AND d.state = 'verified' AND d.domain = email_domain(after.email)))
  AND (before.member_id IS NULL
    OR (after.organization_id, after.member_id, after.subject, after.email, after.display_name, after.state)
        IS NOT DISTINCT FROM
        (before.organization_id, before.member_id, before.subject, before.email, before.display_name, before.state))
$$;

-- The checks of the table are those of whoever writes it.
GRANT EXECUTE ON FUNCTION role_rank TO nuxari_app;
