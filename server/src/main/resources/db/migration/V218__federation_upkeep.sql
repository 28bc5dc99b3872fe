-- What keeps providers as they were meant: which sessions began by one, and what was found when its metadata was read again.

-- By which provider somebody came in: with it, the session ends.
ALTER TABLE session
    ADD COLUMN provider_id uuid;
CREATE INDEX ON session (organization_id, provider_id) WHERE ended_at IS NULL AND provider_id IS NOT NULL;

ALTER TABLE identity_provider
    -- When the metadata was read last.
    ADD COLUMN read_at       timestamptz,
    -- Since when it cannot be used, and why.
    ADD COLUMN failing_since timestamptz,
    ADD COLUMN failure       text CHECK (failure ~ '^[a-z-]{1,40}$'),
    ADD CHECK (num_nulls(failing_since, failure) <> 1),
    ADD CHECK (failure IS NULL OR read_at IS NOT NULL);
ALTER TABLE identity_provider
    ALTER COLUMN failure SET STATISTICS 0;
GRANT UPDATE (read_at, failing_since, failure) ON identity_provider TO nuxari_app;

-- Who may, whatever statement tries: owners, because whoever runs a provider can be everybody below them; and the server, which
-- takes over what a provider publishes about itself and nothing else. Beyond ten none is added.
CREATE OR REPLACE FUNCTION require_permitted_provider() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
    organization uuid := coalesce(NEW.organization_id, OLD.organization_id);
BEGIN
    IF pg_has_role(session_user, current_user, 'USAGE') THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    IF (role_of_actor(organization) = 'owner'
            OR TG_OP = 'UPDATE' AND current_actor() = 'system:provider-metadata'
            AND (NEW.name, NEW.state, NEW.source, NEW.sealed_secret, NEW.default_role, NEW.ceiling, NEW.groups_claim, NEW.rules)
                IS NOT DISTINCT FROM
                (OLD.name, OLD.state, OLD.source, OLD.sealed_secret, OLD.default_role, OLD.ceiling, OLD.groups_claim, OLD.rules))
            IS NOT TRUE THEN
        RAISE EXCEPTION '% may not change identity providers', current_actor() USING ERRCODE = 'check_violation';
    END IF;
    -- The secret is sealed by a statement of its own; that the metadata was read is no change.
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
