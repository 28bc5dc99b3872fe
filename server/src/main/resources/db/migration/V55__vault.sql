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

CALL protect('credential');
GRANT SELECT, INSERT, UPDATE (state) ON credential TO nuxari_app;
GRANT EXECUTE ON FUNCTION credential_moves_on TO nuxari_app;
