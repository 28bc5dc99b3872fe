-- Every key manifest that was ever published. Each follows the one before; whoever trusts an older one reads those between.

CREATE TABLE key_manifest (
    organization_id uuid        NOT NULL REFERENCES organization,
    version         int         NOT NULL CHECK (version > 0),
    issued_at       timestamptz NOT NULL,
    manifest        text        NOT NULL,
    PRIMARY KEY (organization_id, version)
);

CALL protect('key_manifest');
CALL append_only('key_manifest');

-- The functions below write and lock as the owner, and only for the organization whose scope is open.
CREATE POLICY turning ON key_manifest TO nuxari_owner
    USING (organization_id = (SELECT current_organization())) WITH CHECK (organization_id = (SELECT current_organization()));
CREATE POLICY forgetting ON signing_key TO nuxari_owner
    USING (organization_id = (SELECT current_organization())) WITH CHECK (organization_id = (SELECT current_organization()));

-- Keeps the log key from being replaced until the scope closes; many may hold it at once. The first manifest's row stands for
-- the key. Which manifest is the newest is asked afterwards, in a statement that sees what was committed while this one waited.
-- Called before the organization's audit head is locked.
CREATE FUNCTION hold_log_key(organization uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    PERFORM FROM key_manifest WHERE organization_id = organization AND version = 1 FOR KEY SHARE;
END
$$;

-- The same for whoever replaces it: waits until nobody holds it, and then nobody else does.
CREATE FUNCTION lock_log_key(organization uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    PERFORM FROM key_manifest WHERE organization_id = organization AND version = 1 FOR UPDATE;
END
$$;

-- A key that has been replaced signs nothing any more, so its private half need not be kept. It is the one thing that can be
-- taken away from a key: not the newest one's, and nothing else.
ALTER TABLE signing_key ALTER COLUMN sealed_private_key DROP NOT NULL;

CREATE FUNCTION refuse_change_but_forgetting() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.sealed_private_key IS NULL
            AND (NEW.organization_id, NEW.name, NEW.version, NEW.public_key, NEW.not_before)
                = (OLD.organization_id, OLD.name, OLD.version, OLD.public_key, OLD.not_before)
            AND EXISTS (SELECT FROM signing_key newer
                        WHERE newer.organization_id = OLD.organization_id AND newer.name = OLD.name
                          AND newer.version > OLD.version) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'rows of % can only be added', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;

DROP TRIGGER append_only ON signing_key;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON signing_key
    FOR EACH ROW EXECUTE FUNCTION refuse_change_but_forgetting();

CREATE FUNCTION forget_private_keys(organization uuid, key_name text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    UPDATE signing_key
    SET sealed_private_key = NULL
    WHERE organization_id = organization AND name = key_name AND sealed_private_key IS NOT NULL
      AND version < (SELECT max(newest.version) FROM signing_key newest
                     WHERE newest.organization_id = organization AND newest.name = key_name);
END
$$;

GRANT EXECUTE ON FUNCTION hold_log_key, lock_log_key, forget_private_keys TO nuxari_app;
