-- On what terms a member is let in, with every request (claims I2, I6): how they signed in, when, and from where. The server
-- judges, by what the broker signed and the address of the connection; the terms travel with the member at the door.

-- ip_allowlist is of a type that holds blocks in their one spelling and refuses bits after the prefix.
ALTER TABLE identity_policy
    ADD COLUMN mfa_required    text     NOT NULL DEFAULT 'nobody'
        CHECK (mfa_required IN ('nobody', 'privileged', 'everybody')),
    ADD COLUMN login_methods   text[]   NOT NULL DEFAULT '{password,passkey,oidc,saml}'
        CHECK (login_methods <@ '{password,passkey,oidc,saml}' AND cardinality(login_methods) BETWEEN 1 AND 4),
    ADD COLUMN ip_allowlist    cidr[]   NOT NULL DEFAULT '{}' CHECK (cardinality(ip_allowlist) <= 1000),
    ADD COLUMN invite_ttl      interval NOT NULL DEFAULT '7 days' CHECK (invite_ttl BETWEEN '1 hour' AND '30 days'),
    ADD COLUMN session_max_age interval NOT NULL DEFAULT '12 hours'
        CHECK (session_max_age BETWEEN '15 minutes' AND '30 days'),
    ADD COLUMN idle_timeout    interval NOT NULL DEFAULT '1 hour' CHECK (idle_timeout BETWEEN '5 minutes' AND '30 days'),
    ADD COLUMN step_up_age     interval CHECK (step_up_age BETWEEN '1 minute' AND '24 hours');

-- As protect() does for the columns that were there when it was called.
ALTER TABLE identity_policy
    ALTER COLUMN login_methods SET STATISTICS 0,
    ALTER COLUMN ip_allowlist SET STATISTICS 0,
    ALTER COLUMN invite_ttl SET STATISTICS 0,
    ALTER COLUMN session_max_age SET STATISTICS 0,
    ALTER COLUMN idle_timeout SET STATISTICS 0,
    ALTER COLUMN step_up_age SET STATISTICS 0;

GRANT UPDATE (mfa_required, login_methods, ip_allowlist, invite_ttl, session_max_age, idle_timeout, step_up_age)
    ON identity_policy TO nuxari_app;

-- Servers keep the terms of a version that they have read once, so no version ever stands for two policies; that binds the
-- tables' owner too.
CREATE OR REPLACE FUNCTION require_permitted_policy() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    IF NOT pg_has_role(session_user, current_user, 'USAGE')
        AND (role_of_actor(OLD.organization_id) IN ('owner', 'admin')) IS NOT TRUE THEN
        RAISE EXCEPTION '% may not change the identity policy', current_actor() USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.version IS DISTINCT FROM OLD.version + 1 THEN
        RAISE EXCEPTION 'a change of the identity policy makes the next version' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

-- From where and by what means, for the question who would be let in under other terms.
ALTER TABLE session
    ADD COLUMN address      inet,
    ADD COLUMN login_method text CHECK (login_method IN ('password', 'passkey', 'oidc', 'saml'));
ALTER TABLE session
    ALTER COLUMN address SET STATISTICS 0,
    ALTER COLUMN login_method SET STATISTICS 0;
GRANT UPDATE (address) ON session TO nuxari_app;

-- Who is behind a ticket, and on what terms members are let in; these only if their version is not the one that the caller
-- has seen. Nothing is opened.
DROP FUNCTION admit_member(uuid, text, bigint, bytea);
CREATE FUNCTION admit_member(organization uuid, person text, expires_at bigint, mac bytea, seen_version int DEFAULT NULL)
    RETURNS TABLE (organization_id uuid, member_id uuid, email text, display_name text, role text, terms_version int,
        terms json)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    PERFORM check_ticket('member/' || organization || '/' || person, expires_at, mac);
    RETURN QUERY
        SELECT m.organization_id, m.member_id, m.email, m.display_name, m.role, p.version,
            CASE WHEN p.version IS DISTINCT FROM seen_version THEN json_strip_nulls(json_build_object(
                'mfaRequired', p.mfa_required,
                'loginMethods', p.login_methods,
                'ipAllowlist', p.ip_allowlist::text[],
                'sessionMaxAge', extract(epoch FROM p.session_max_age)::bigint,
                'idleTimeout', extract(epoch FROM p.idle_timeout)::bigint,
                'stepUpAge', extract(epoch FROM p.step_up_age)::bigint))
            END
        FROM member m
        JOIN organization o ON o.organization_id = m.organization_id AND o.state = 'active'
        JOIN identity_policy p ON p.organization_id = m.organization_id
        WHERE m.organization_id = organization AND m.subject = person AND m.state = 'active';
END
$$;

GRANT EXECUTE ON FUNCTION admit_member TO nuxari_app;
