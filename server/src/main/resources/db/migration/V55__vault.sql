-- Credentials of governed systems, as ciphertext only. A version is stored once; its state is all that changes.

CREATE TABLE credential (
    organization_id uuid        NOT NULL REFERENCES organization,
    connector_id    uuid        NOT NULL,
    purpose         text        NOT NULL CHECK (purpose IN ('observe', 'execute')),
    version         int         NOT NULL CHECK (version > 0),
    state           text        NOT NULL CHECK (state IN ('pending', 'active', 'invalidated')),
    sealed          bytea       NOT NULL,
    created_at      timestamptz NOT NULL,
    PRIMARY KEY (organization_id, connector_id, purpose, version)
);

CREATE UNIQUE INDEX one_active_credential ON credential (organization_id, connector_id, purpose)
    WHERE state = 'active';

-- What was invalidated stays so: an old credential cannot come back.
CREATE FUNCTION credential_moves_on() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF (OLD.state, NEW.state) NOT IN (('pending', 'active'), ('pending', 'invalidated'), ('active', 'invalidated')) THEN
        RAISE EXCEPTION 'a credential that is % does not become %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER credential_moves_on BEFORE UPDATE OF state ON credential
    FOR EACH ROW EXECUTE FUNCTION credential_moves_on();

-- Lets one transaction at a time replace a credential, also the first one, which has no row to lock. The server's role has no
-- advisory locks of its own: it could keep other organizations waiting with them.
CREATE FUNCTION lock_credential(organization uuid, connector uuid, credential_purpose text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    IF organization IS DISTINCT FROM current_organization() THEN
        RAISE EXCEPTION 'a credential belongs to the organization whose scope is open' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_advisory_xact_lock(
        hashtextextended(concat_ws('/', 'credential', organization, connector, credential_purpose), 0));
END
$$;

CALL protect('credential');
GRANT SELECT, INSERT, UPDATE (state) ON credential TO nuxari_app;
GRANT EXECUTE ON FUNCTION credential_moves_on, lock_credential TO nuxari_app;
