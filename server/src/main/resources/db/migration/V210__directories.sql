-- Directories: an organization's own list of people, sent by SCIM (RFC 7644). A directory has tokens, of which the database has
-- the hashes, and users and groups of its own. What a user comes to as a member is judged here again: see scim_permits.

CREATE TABLE directory (
    organization_id uuid        NOT NULL REFERENCES organization,
    directory_id    uuid        NOT NULL,
    name            text        NOT NULL CHECK (name <> ''),
    default_role    text        NOT NULL CHECK (default_role IN ('admin', 'approver', 'requester', 'auditor', 'readonly')),
    ceiling         text        NOT NULL CHECK (ceiling IN ('admin', 'approver', 'requester', 'auditor', 'readonly')),
    state           text        NOT NULL CHECK (state IN ('active', 'disabled')),
    created_at      timestamptz NOT NULL,
    last_request_at timestamptz,
    version         int         NOT NULL DEFAULT 1,
    PRIMARY KEY (organization_id, directory_id),
    CHECK (role_rank(default_role) <= role_rank(ceiling))
);

CREATE TABLE directory_token (
    organization_id uuid        NOT NULL,
    token_id        uuid        NOT NULL,
    directory_id    uuid        NOT NULL,
    token_hash      text        NOT NULL CHECK (token_hash ~ '^[0-9a-f]{64}$'),
    created_at      timestamptz NOT NULL,
    created_by      uuid        NOT NULL,
    -- Set when it is replaced, so that the old one still serves for a while, or revoked.
    ends_at         timestamptz,
    PRIMARY KEY (organization_id, token_id),
    UNIQUE (organization_id, token_hash),
    FOREIGN KEY (organization_id, directory_id) REFERENCES directory,
    FOREIGN KEY (organization_id, created_by) REFERENCES member
);

-- Which group of the directory gives which role. Groups are named as the directory names them.
CREATE TABLE directory_role (
    organization_id uuid        NOT NULL,
    directory_id    uuid        NOT NULL,
    matched_by      text        NOT NULL CHECK (matched_by IN ('display-name', 'external-id')),
    matched_value   text        NOT NULL CHECK (matched_value <> ''),
    role            text        NOT NULL CHECK (role IN ('admin', 'approver', 'requester', 'auditor', 'readonly')),
    PRIMARY KEY (organization_id, directory_id, matched_by, matched_value),
    FOREIGN KEY (organization_id, directory_id) REFERENCES directory
);

CREATE TABLE directory_user (
    organization_id uuid        NOT NULL,
    user_id         uuid        NOT NULL,
    directory_id    uuid        NOT NULL,
    user_name       text        NOT NULL CHECK (user_name <> ''),
    user_key        text        NOT NULL CHECK (user_key <> ''),
    external_id     text,
    email           text        NOT NULL CHECK (email <> ''),
    active          boolean     NOT NULL,
    -- The attributes as they were sent, and the same in lower case, which filters and sorting read.
    document        text        NOT NULL,
    search          jsonb       NOT NULL,
    -- What the broker calls the person, and the member they are; from when the account is made.
    subject         text,
    member_id       uuid,
    -- Since when the broker has to be told something, or from when on it is tried again.
    pending_at      timestamptz,
    attempts        int         NOT NULL DEFAULT 0,
    problem         text CHECK (problem IN ('domain-not-verified', 'domain-not-enrolled', 'address-not-verified',
                                            'broker-unavailable', 'failed')),
    -- The version of the directory whose roles the member has.
    roles_version   int         NOT NULL DEFAULT 0,
    version         int         NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL,
    changed_at      timestamptz NOT NULL,
    deleted_at      timestamptz,
    PRIMARY KEY (organization_id, user_id),
    FOREIGN KEY (organization_id, directory_id) REFERENCES directory,
    FOREIGN KEY (organization_id, member_id) REFERENCES member,
    CHECK (num_nulls(subject, member_id) <> 1),
    CHECK (deleted_at IS NULL OR NOT active)
);
CREATE UNIQUE INDEX directory_user_name ON directory_user (organization_id, directory_id, user_key) WHERE deleted_at IS NULL;
-- One address is one person of the organization, whichever of its directories sends it.
CREATE UNIQUE INDEX directory_user_email ON directory_user (organization_id, email) WHERE deleted_at IS NULL;
CREATE INDEX ON directory_user (organization_id, directory_id, external_id);
CREATE INDEX ON directory_user (organization_id, directory_id, user_id);
CREATE INDEX ON directory_user (organization_id, member_id) WHERE member_id IS NOT NULL;
CREATE INDEX ON directory_user (organization_id, directory_id, pending_at) WHERE pending_at IS NOT NULL;

CREATE TABLE directory_group (
    organization_id uuid        NOT NULL,
    group_id        uuid        NOT NULL,
    directory_id    uuid        NOT NULL,
    display_name    text        NOT NULL CHECK (display_name <> ''),
    group_key       text        NOT NULL CHECK (group_key <> ''),
    external_id     text,
    search          jsonb       NOT NULL,
    version         int         NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL,
    changed_at      timestamptz NOT NULL,
    PRIMARY KEY (organization_id, group_id),
    UNIQUE (organization_id, directory_id, group_key),
    FOREIGN KEY (organization_id, directory_id) REFERENCES directory
);
CREATE INDEX ON directory_group (organization_id, directory_id, external_id);

CREATE TABLE directory_group_member (
    organization_id uuid        NOT NULL,
    group_id        uuid        NOT NULL,
    user_id         uuid        NOT NULL,
    PRIMARY KEY (organization_id, group_id, user_id),
    FOREIGN KEY (organization_id, group_id) REFERENCES directory_group,
    FOREIGN KEY (organization_id, user_id) REFERENCES directory_user
);
CREATE INDEX ON directory_group_member (organization_id, user_id);

CALL protect('directory');
CALL protect('directory_token');
CALL protect('directory_role');
CALL protect('directory_user');
CALL protect('directory_group');
CALL protect('directory_group_member');

GRANT SELECT, INSERT, UPDATE (name, default_role, ceiling, state, version, last_request_at) ON directory TO nuxari_app;
GRANT SELECT, INSERT, UPDATE (ends_at) ON directory_token TO nuxari_app;
GRANT SELECT, INSERT, DELETE ON directory_role TO nuxari_app;
GRANT SELECT, INSERT, DELETE ON directory_user TO nuxari_app;
GRANT UPDATE (user_name, user_key, external_id, active, document, search, subject, member_id, pending_at, attempts, problem,
              roles_version, version, changed_at, deleted_at) ON directory_user TO nuxari_app;
GRANT SELECT, INSERT, DELETE ON directory_group TO nuxari_app;
GRANT UPDATE (display_name, group_key, external_id, search, version, changed_at) ON directory_group TO nuxari_app;
GRANT SELECT, INSERT, DELETE ON directory_group_member TO nuxari_app;

-- The triggers and scim_permits look.
CREATE POLICY judging ON directory TO nuxari_owner
    USING (organization_id = (SELECT current_organization())) WITH CHECK (organization_id = (SELECT current_organization()));
CREATE POLICY judging ON directory_user TO nuxari_owner
    USING (organization_id = (SELECT current_organization())) WITH CHECK (organization_id = (SELECT current_organization()));
CREATE POLICY judging ON directory_group TO nuxari_owner
    USING (organization_id = (SELECT current_organization())) WITH CHECK (organization_id = (SELECT current_organization()));

-- Who may make a directory, hand out its tokens and say which roles it gives: owners and admins, whatever statement tries.
-- When it was last heard of is written for it.
CREATE FUNCTION require_permitted_directory() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
    organization uuid := coalesce(NEW.organization_id, OLD.organization_id);
BEGIN
    IF pg_has_role(session_user, current_user, 'USAGE') OR role_of_actor(organization) IN ('owner', 'admin') THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    IF TG_TABLE_NAME = 'directory' AND TG_OP = 'UPDATE'
        AND (to_jsonb(NEW) - 'last_request_at') = (to_jsonb(OLD) - 'last_request_at') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% may not change directories', current_actor() USING ERRCODE = 'check_violation';
END
$$;

CREATE TRIGGER permitted_directory BEFORE INSERT OR UPDATE OR DELETE ON directory
    FOR EACH ROW EXECUTE FUNCTION require_permitted_directory();
CREATE TRIGGER permitted_directory BEFORE INSERT OR UPDATE OR DELETE ON directory_token
    FOR EACH ROW EXECUTE FUNCTION require_permitted_directory();
CREATE TRIGGER permitted_directory BEFORE INSERT OR UPDATE OR DELETE ON directory_role
    FOR EACH ROW EXECUTE FUNCTION require_permitted_directory();

-- A role that is given stays below the ceiling, whichever of the two changes.
CREATE FUNCTION require_role_below_ceiling() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    IF pg_has_role(session_user, current_user, 'USAGE') THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT FROM directory d
                   WHERE d.organization_id = NEW.organization_id AND d.directory_id = NEW.directory_id
                     AND role_rank(NEW.role) <= role_rank(d.ceiling)) THEN
        RAISE EXCEPTION 'the directory gives no such role' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER role_below_ceiling BEFORE INSERT ON directory_role
    FOR EACH ROW EXECUTE FUNCTION require_role_below_ceiling();

-- Users and groups are written by their own directory only, while it is active; by the server in its name.
CREATE FUNCTION require_own_directory() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
    organization uuid := coalesce(NEW.organization_id, OLD.organization_id);
    directory_of uuid;
BEGIN
    IF pg_has_role(session_user, current_user, 'USAGE') THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    IF TG_TABLE_NAME = 'directory_group_member' THEN
        -- User and group are of one directory.
        SELECT g.directory_id INTO directory_of
        FROM directory_group g
        JOIN directory_user u ON u.organization_id = g.organization_id AND u.directory_id = g.directory_id
        WHERE g.organization_id = organization AND g.group_id = coalesce(NEW.group_id, OLD.group_id)
          AND u.user_id = coalesce(NEW.user_id, OLD.user_id);
    ELSE
        directory_of := coalesce(NEW.directory_id, OLD.directory_id);
    END IF;
    -- Nobody becomes a user's member but who has the address that the directory says.
    IF TG_TABLE_NAME = 'directory_user' AND TG_OP = 'UPDATE' THEN
        IF NEW.member_id IS DISTINCT FROM OLD.member_id AND NOT EXISTS (
                SELECT FROM member m
                WHERE m.organization_id = organization AND m.member_id = NEW.member_id AND lower(m.email) = NEW.email) THEN
            RAISE EXCEPTION 'this user is somebody else' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF (current_actor() = 'system:scim/' || directory_of
        AND EXISTS (SELECT FROM directory d
                    WHERE d.organization_id = organization AND d.directory_id = directory_of AND d.state = 'active'))
        IS NOT TRUE THEN
        RAISE EXCEPTION '% may not change this directory', current_actor() USING ERRCODE = 'check_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END
$$;

CREATE TRIGGER own_directory BEFORE INSERT OR UPDATE OR DELETE ON directory_user
    FOR EACH ROW EXECUTE FUNCTION require_own_directory();
CREATE TRIGGER own_directory BEFORE INSERT OR UPDATE OR DELETE ON directory_group
    FOR EACH ROW EXECUTE FUNCTION require_own_directory();
CREATE TRIGGER own_directory BEFORE INSERT OR UPDATE OR DELETE ON directory_group_member
    FOR EACH ROW EXECUTE FUNCTION require_own_directory();

-- What a directory makes of whom. A new member is an active user of it, whose address is of a domain that the organization has
-- verified, with a role below the ceiling. A member that is there is changed only if a user of it is that member, or is about
-- to be; its address and name stay; whose role is above the ceiling keeps it, until they leave; who was suspended by people
-- stays so.
CREATE OR REPLACE FUNCTION scim_permits(source uuid, before member, after member) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS
$$
SELECT EXISTS (
    SELECT FROM directory d
    JOIN directory_user u ON u.organization_id = d.organization_id AND u.directory_id = d.directory_id
    WHERE d.organization_id = after.organization_id AND d.directory_id = source AND d.state = 'active'
      AND CASE
          WHEN before.member_id IS NULL THEN
              u.email = after.email AND u.active AND u.member_id IS NULL
              AND role_rank(after.role) <= role_rank(d.ceiling)
              AND EXISTS (SELECT FROM organization_domain o
                          WHERE o.organization_id = after.organization_id AND o.state = 'verified'
                            AND o.domain = email_domain(after.email))
          ELSE
              u.member_id = before.member_id
              AND (after.email, after.display_name) = (before.email, before.display_name)
              AND CASE before.state || '/' || after.state
                  WHEN 'active/deprovisioned' THEN after.role = before.role
                  WHEN 'deprovisioned/active' THEN u.active AND role_rank(after.role) <= role_rank(d.ceiling)
                  WHEN 'active/active' THEN
                      u.active AND greatest(role_rank(after.role), role_rank(before.role)) <= role_rank(d.ceiling)
                  ELSE false
                  END
          END)
$$;

-- A check of the table asks it.
GRANT EXECUTE ON FUNCTION role_rank TO nuxari_app;
