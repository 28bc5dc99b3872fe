-- The walls between organizations. A wall is built with CALL protect('table'), and opened by one of the two enter_...
-- functions, for one transaction. nuxari_owner owns every table and function; nuxari_app, the server's role, owns
-- nothing; nuxari_provisioner may call the provision_... functions and nothing else.

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO nuxari_app, nuxari_timer, nuxari_provisioner;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON ROUTINES FROM PUBLIC;

CREATE TABLE organization (
    organization_id uuid        PRIMARY KEY,
    slug            text        NOT NULL CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    name            text        NOT NULL CHECK (name <> ''),
    state           text        NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended')),
    created_at      timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE member (
    organization_id uuid        NOT NULL REFERENCES organization,
    member_id       uuid        NOT NULL DEFAULT uuidv7(),
    subject         text        NOT NULL CHECK (subject <> ''),
    email           text        NOT NULL,
    display_name    text        NOT NULL,
    role            text        NOT NULL
        CHECK (role IN ('owner', 'admin', 'approver', 'requester', 'auditor', 'readonly')),
    state           text        NOT NULL
        CHECK (state IN ('invited', 'active', 'suspended', 'deprovisioned')),
    created_at      timestamptz NOT NULL DEFAULT now(),
    version         int         NOT NULL DEFAULT 1,
    PRIMARY KEY (organization_id, member_id),
    UNIQUE (organization_id, subject)
);

-- Any role may set nuxari.organization_id to anything, so the setting alone proves nothing. The seal beside it does:
-- only the owner's functions can read the key.
CREATE TABLE scope_key (secret bytea NOT NULL);
INSERT INTO scope_key
SELECT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

-- The two padded keys of HMAC-SHA-256 (RFC 2104) with which the authentication layer signs tickets. The server's role
-- cannot read them, so an injected statement cannot write a ticket for another door.
CREATE TABLE door_key (inner_key bytea NOT NULL, outer_key bytea NOT NULL);

CREATE FUNCTION set_door_key(new_inner bytea, new_outer bytea) RETURNS void
    LANGUAGE sql SET search_path = public, pg_temp AS
$$
DELETE FROM door_key;
INSERT INTO door_key VALUES (new_inner, new_outer);
$$;

-- What follows up to the doors is called by them only: no other role may execute it. Bodies in the SQL-standard form are
-- bound to their functions and operators here, whatever the search path of a caller says, and cost nothing extra in a query.

CREATE FUNCTION ticket_mac(ticket text) RETURNS bytea
    LANGUAGE sql STABLE
    RETURN (SELECT sha256(outer_key || sha256(inner_key || convert_to(ticket, 'UTF8'))) FROM door_key);

-- Valid in this transaction only: the backend and the transaction's start are part of it. The actor is sealed too, so
-- that a row that says who did something can be compared with who is there.
CREATE FUNCTION scope_seal(secret bytea, organization text, actor text) RETURNS text
    LANGUAGE sql STABLE PARALLEL RESTRICTED
    RETURN encode(sha256(secret || int4send(pg_backend_pid()) || timestamptz_send(now())
        || convert_to(organization || '/' || actor, 'UTF8')), 'hex');

CREATE FUNCTION sealed_organization(secret bytea) RETURNS uuid
    LANGUAGE sql STABLE PARALLEL RESTRICTED
    RETURN CASE WHEN current_setting('nuxari.scope_seal', true)
        = scope_seal(secret, current_setting('nuxari.organization_id', true), current_setting('nuxari.actor', true))
        THEN current_setting('nuxari.organization_id', true)::uuid END;

CREATE FUNCTION open_scope(organization uuid, actor text) RETURNS void
    LANGUAGE sql
    BEGIN ATOMIC
        SELECT set_config('nuxari.organization_id', organization::text, true),
               set_config('nuxari.actor', actor, true),
               set_config('nuxari.scope_seal', scope_seal(secret, organization::text, actor), true)
        FROM scope_key;
    END;

-- A part that is NULL makes NULL of the words that are signed, here and in the doors. Were it left out, a ticket that has
-- expired would do for ever: its expiry would pass for the end of the name.
CREATE FUNCTION check_ticket(ticket text, expires_at bigint, mac bytea) RETURNS void
    LANGUAGE plpgsql AS
$$
BEGIN
    IF num_nulls(ticket, expires_at, mac) > 0
        OR mac IS DISTINCT FROM public.ticket_mac(ticket || '/' || expires_at) THEN
        RAISE EXCEPTION 'the ticket is not genuine' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF expires_at < extract(epoch FROM clock_timestamp()) * 1000 THEN
        RAISE EXCEPTION 'the ticket has expired' USING ERRCODE = 'insufficient_privilege';
    END IF;
END
$$;

-- Who is behind a ticket, without opening anything: what the middleware needs to know the role.
CREATE FUNCTION admit_member(organization uuid, person text, expires_at bigint, mac bytea)
    RETURNS TABLE (organization_id uuid, member_id uuid, email text, display_name text, role text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    PERFORM check_ticket('member/' || organization || '/' || person, expires_at, mac);
    RETURN QUERY
        SELECT m.organization_id, m.member_id, m.email, m.display_name, m.role
        FROM member m
        JOIN organization o ON o.organization_id = m.organization_id AND o.state = 'active'
        WHERE m.organization_id = organization AND m.subject = person AND m.state = 'active';
END
$$;

-- Where a person is a member, for what the broker says about the person and not about an organization: that they signed out.
-- It opens nothing; each organization is entered by its own door afterwards.
CREATE FUNCTION organizations_of(person text, expires_at bigint, mac bytea) RETURNS SETOF uuid
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    PERFORM check_ticket('person/' || person, expires_at, mac);
    RETURN QUERY
        SELECT m.organization_id
        FROM member m
        JOIN organization o ON o.organization_id = m.organization_id AND o.state = 'active'
        WHERE m.subject = person;
END
$$;

CREATE FUNCTION enter_organization(organization uuid, person text, expires_at bigint, mac bytea) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
    who uuid;
BEGIN
    PERFORM check_ticket('member/' || organization || '/' || person, expires_at, mac);
    SELECT m.member_id INTO who
    FROM member m
    JOIN organization o ON o.organization_id = m.organization_id AND o.state = 'active'
    WHERE m.organization_id = organization AND m.subject = person AND m.state = 'active';
    IF who IS NULL THEN
        RAISE EXCEPTION '% is not an active member of organization %', person, organization
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM open_scope(organization, 'member:' || who);
END
$$;

CREATE FUNCTION enter_organization_as_system(organization uuid, workload text, expires_at bigint, mac bytea) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    PERFORM check_ticket('system/' || organization || '/' || workload, expires_at, mac);
    IF NOT EXISTS (SELECT FROM organization o WHERE o.organization_id = organization AND o.state = 'active') THEN
        RAISE EXCEPTION '% cannot enter organization %: it is not active', workload, organization
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM open_scope(organization, 'system:' || workload);
END
$$;

-- Keeps the rest of the transaction from writing. The server's role has no way of its own to change settings.
CREATE FUNCTION read_only() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    PERFORM set_config('transaction_read_only', 'on', true);
END
$$;

-- Asked for each table of each statement, so it names its schema instead of setting a search path, which would take longer
-- than the rest.
CREATE FUNCTION current_organization() RETURNS uuid
    LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER AS
$$
DECLARE
    organization uuid;
BEGIN
    SELECT public.sealed_organization(secret) INTO organization FROM public.scope_key;
    IF organization IS NULL THEN
        PERFORM public.refuse_unsealed_scope();
    END IF;
    RETURN organization;
END
$$;

CREATE FUNCTION refuse_unsealed_scope() RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp AS
$$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE =
        CASE coalesce(current_setting('nuxari.organization_id', true), '')
            WHEN '' THEN 'no organization scope is open'
            ELSE 'the organization scope was not opened by its door' END;
END
$$;

-- member:<id> or system:<name>, as the door saw it.
CREATE FUNCTION current_actor() RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    PERFORM current_organization();
    RETURN current_setting('nuxari.actor');
END
$$;

-- The subselect makes PostgreSQL ask once per statement instead of once per row. It is not asked about a table that has no row
-- of anybody, should that be read from end to end: then nothing is what there is to see, and the guard is what refuses.
--
-- The planner's statistics are drawn from the rows of all organizations, and EXPLAIN lets anybody compare with them: by
-- halving, a histogram gives away names letter by letter. So none are kept of free text and bytes, nor of expressions; plans
-- do not depend on them, because every index begins with the organization.
CREATE PROCEDURE protect(owned regclass)
    LANGUAGE plpgsql AS
$$
DECLARE
    free_column text;
    expression  record;
BEGIN
    FOR free_column IN
        SELECT attname
        FROM pg_attribute
        WHERE attrelid = owned AND attnum > 0 AND NOT attisdropped
          AND atttypid NOT IN ('uuid'::regtype, 'int'::regtype, 'bigint'::regtype, 'boolean'::regtype, 'timestamptz'::regtype)
          AND NOT EXISTS (SELECT FROM pg_constraint
                          WHERE conrelid = owned AND contype = 'c' AND conkey = ARRAY [attnum]
                            AND pg_get_constraintdef(oid) LIKE '%= ANY (ARRAY[%')
    LOOP
        EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET STATISTICS 0', owned, free_column);
    END LOOP;
    FOR expression IN
        SELECT indexrelid::regclass AS index, attnum AS position
        FROM pg_index
        JOIN pg_attribute ON attrelid = indexrelid
        WHERE indrelid = owned AND indkey[attnum - 1] = 0
    LOOP
        EXECUTE format('ALTER INDEX %s ALTER COLUMN %s SET STATISTICS 0', expression.index, expression.position);
    END LOOP;
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', owned);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', owned);
    EXECUTE format('CREATE POLICY own_organization ON %s TO nuxari_app
                    USING (organization_id = (SELECT current_organization()))
                    WITH CHECK (organization_id = (SELECT current_organization()))', owned);
END
$$;

-- A table whose rows are evidence: they are added, and that is all. The triggers bind the owner too.
CREATE FUNCTION refuse_change() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    RAISE EXCEPTION 'rows of % can only be added', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE PROCEDURE append_only(evidence regclass)
    LANGUAGE plpgsql AS
$$
BEGIN
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %s
                    FOR EACH ROW EXECUTE FUNCTION refuse_change()', evidence);
    EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON %s
                    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', evidence);
    EXECUTE format('GRANT SELECT, INSERT ON %s TO nuxari_app', evidence);
END
$$;

CALL protect('organization');
CALL protect('member');

-- The doors look before a scope is open, and provisioning writes where no scope can be.
CREATE POLICY door ON organization TO nuxari_owner USING (true) WITH CHECK (true);
CREATE POLICY door ON member TO nuxari_owner USING (true) WITH CHECK (true);

CREATE FUNCTION provision_organization(id uuid, new_slug text, new_name text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    INSERT INTO organization (organization_id, slug, name) VALUES (id, new_slug, new_name)
    ON CONFLICT (organization_id) DO UPDATE SET slug = excluded.slug, name = excluded.name;
END
$$;

-- Enrols a person, or brings name and address up to date. An existing member keeps role and state: provisioning is no way
-- to be promoted.
CREATE FUNCTION provision_member(organization uuid, person text, new_email text, new_name text, new_role text)
    RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
    known uuid;
BEGIN
    INSERT INTO member AS m (organization_id, subject, email, display_name, role, state)
    VALUES (organization, person, new_email, new_name, new_role, 'active')
    ON CONFLICT (organization_id, subject) DO UPDATE
        SET email = excluded.email, display_name = excluded.display_name,
            version = m.version + ((m.email, m.display_name) IS DISTINCT FROM (excluded.email, excluded.display_name))::int
    RETURNING m.member_id INTO known;
    RETURN known;
END
$$;

GRANT EXECUTE ON FUNCTION admit_member, organizations_of, enter_organization, enter_organization_as_system TO nuxari_app;
GRANT EXECUTE ON FUNCTION current_organization, current_actor, read_only TO nuxari_app;
GRANT EXECUTE ON FUNCTION refuse_change TO nuxari_app;
GRANT EXECUTE ON FUNCTION provision_organization, provision_member TO nuxari_provisioner;
GRANT SELECT ON organization, member TO nuxari_app;
