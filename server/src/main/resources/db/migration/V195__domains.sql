-- Domains that organizations say are theirs, and have shown to be by a TXT record. What name servers answered is not kept.

CREATE TABLE organization_domain (
    organization_id uuid        NOT NULL REFERENCES organization,
    domain_id       uuid        NOT NULL,
    domain          text        NOT NULL CHECK (is_domain(domain)),
    -- 128 random bits. They are published, so they are no secret; they are never the same twice.
    token           text        NOT NULL CHECK (token ~ '^[0-9a-f]{32}$'),
    state           text        NOT NULL CHECK (state IN ('pending', 'verified')),
    added_at        timestamptz NOT NULL,
    verified_at     timestamptz,
    failing_since   timestamptz,
    lapsed_at       timestamptz,
    checked_at      timestamptz,
    check_outcome   text CHECK (check_outcome IN ('found', 'no-record', 'other-values', 'no-such-name', 'server-failure',
                                                  'no-answer', 'held-elsewhere')),
    next_check_at   timestamptz NOT NULL,
    PRIMARY KEY (organization_id, domain_id),
    UNIQUE (organization_id, domain),
    CHECK ((state = 'verified') = (verified_at IS NOT NULL)),
    CHECK (failing_since IS NULL OR state = 'verified'),
    CHECK (lapsed_at IS NULL OR state = 'pending'),
    CHECK (num_nulls(checked_at, check_outcome) <> 1)
);

-- One organization per verified domain: the one index that does not begin with the organization, because it is what must hold
-- between organizations. Row-level security has no part in it. It is asked when the record was found, and not before, so that
-- only who runs a domain learns that it is verified elsewhere.
CREATE UNIQUE INDEX organization_domain_verified ON organization_domain (domain) WHERE state = 'verified';

CALL protect('organization_domain');
GRANT SELECT, INSERT, DELETE ON organization_domain TO nuxari_app;
GRANT UPDATE (state, verified_at, failing_since, lapsed_at, checked_at, check_outcome, next_check_at)
    ON organization_domain TO nuxari_app;

-- The trigger counts.
CREATE POLICY counting ON organization_domain TO nuxari_owner
    USING (organization_id = (SELECT current_organization())) WITH CHECK (organization_id = (SELECT current_organization()));

-- Domains are added, verified and removed by those who may, whatever statement tries; looked at every day by the server. None is
-- verified from the start. Beyond a hundred none is added: the organization's row is locked, so that they are counted one by one.
CREATE FUNCTION require_permitted_domain() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
    organization uuid := coalesce(NEW.organization_id, OLD.organization_id);
BEGIN
    IF pg_has_role(session_user, current_user, 'USAGE') THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    IF (role_of_actor(organization) IN ('owner', 'admin')
            OR TG_OP = 'UPDATE' AND current_actor() = 'system:domain-watch') IS NOT TRUE THEN
        RAISE EXCEPTION '% may not change domains', current_actor() USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'pending' THEN
            RAISE EXCEPTION 'no domain is verified from the start' USING ERRCODE = 'check_violation';
        END IF;
        PERFORM lock_memberships(organization);
        IF (SELECT count(*) FROM organization_domain d WHERE d.organization_id = organization) >= 100 THEN
            RETURN NULL;
        END IF;
    END IF;
    RETURN coalesce(NEW, OLD);
END
$$;

CREATE TRIGGER permitted_domain BEFORE INSERT OR UPDATE OR DELETE ON organization_domain
    FOR EACH ROW EXECUTE FUNCTION require_permitted_domain();
