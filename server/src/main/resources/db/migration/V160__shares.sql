-- Links for people without an account: each opens one evidence package, or the events of the log that a filter finds. Whoever
-- holds one walks through a door of their own, behind which there is nothing else: every table is closed to them, except those
-- named at the end, and of these they see what is shared.

CREATE TABLE share_link (
    organization_id   uuid        NOT NULL REFERENCES organization,
    share_id          uuid        NOT NULL DEFAULT uuidv7(),
    token_hash        text        NOT NULL CHECK (token_hash ~ '^[0-9a-f]{64}$'),
    recipient         text        NOT NULL CHECK (recipient <> ''),
    package_id        uuid,
    -- The members of AuditFilter that restrict, in canonical JSON; and what belonged together when the link was made.
    filter            text,
    matter_references uuid[],
    matter_targets    text[],
    created_by        uuid        NOT NULL,
    created_at        timestamptz NOT NULL,
    expires_at        timestamptz NOT NULL CHECK (expires_at > created_at AND expires_at <= created_at + interval '2160 hours'),
    most_uses         int CHECK (most_uses > 0),
    uses              int         NOT NULL DEFAULT 0 CHECK (uses >= 0 AND (most_uses IS NULL OR uses <= most_uses)),
    visit_ends_at     timestamptz,
    refused_at        timestamptz,
    revoked_at        timestamptz,
    revoked_by        uuid,
    PRIMARY KEY (organization_id, share_id),
    UNIQUE (organization_id, token_hash),
    FOREIGN KEY (organization_id, package_id) REFERENCES evidence_package,
    FOREIGN KEY (organization_id, created_by) REFERENCES member,
    FOREIGN KEY (organization_id, revoked_by) REFERENCES member,
    CHECK (num_nonnulls(package_id, filter) = 1),
    CHECK (num_nulls(matter_references, matter_targets) <> 1),
    CHECK (num_nulls(revoked_at, revoked_by) <> 1)
);

CALL protect('share_link');
GRANT SELECT, INSERT, UPDATE (uses, visit_ends_at, refused_at, revoked_at, revoked_by) ON share_link TO nuxari_app;

-- The doors look before a scope is open.
CREATE POLICY door ON share_link TO nuxari_owner USING (true) WITH CHECK (true);

-- The roles that may read evidence and the log, and so let somebody else read them; as Role has it.
CREATE FUNCTION may_share(role text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    RETURN role IN ('owner', 'admin', 'auditor');

-- Nobody makes a link in somebody else's name, or without the right to; a link that was revoked stays so, and its uses count
-- up. Whatever statement tries.
CREATE FUNCTION require_permitted_share() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    IF pg_has_role(session_user, current_user, 'USAGE') THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' AND ('member:' || NEW.created_by = current_actor()
            AND may_share(role_of_actor(NEW.organization_id))) IS NOT TRUE THEN
        RAISE EXCEPTION '% may not make this link', current_actor() USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.revoked_at IS NOT NULL
            AND (NEW.revoked_at, NEW.revoked_by) IS DISTINCT FROM (OLD.revoked_at, OLD.revoked_by)
            OR NEW.uses < OLD.uses) THEN
        RAISE EXCEPTION 'a link that has ended does not open again' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.revoked_at IS NOT NULL AND OLD.revoked_at IS NULL
        AND ('member:' || NEW.revoked_by = current_actor()
            AND may_share(role_of_actor(NEW.organization_id))) IS NOT TRUE THEN
        RAISE EXCEPTION '% may not revoke this link', current_actor() USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER permitted_share BEFORE INSERT OR UPDATE ON share_link
    FOR EACH ROW EXECUTE FUNCTION require_permitted_share();

-- The link of a token, and why it opens nothing; NULL if it does. Only the doors call it.
CREATE FUNCTION find_share(organization uuid, hash text) RETURNS TABLE (share_id uuid, refusal text)
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS
$$
SELECT s.share_id,
       CASE WHEN s.revoked_at IS NOT NULL THEN 'revoked'
            WHEN s.expires_at <= clock_timestamp() THEN 'expired'
            WHEN m.member_id IS NULL THEN 'creator-not-permitted'
            WHEN s.uses >= s.most_uses AND (s.visit_ends_at > clock_timestamp()) IS NOT TRUE THEN 'used-up' END
FROM share_link s
JOIN organization o ON o.organization_id = s.organization_id AND o.state = 'active'
LEFT JOIN member m ON m.organization_id = s.organization_id AND m.member_id = s.created_by
    AND m.state = 'active' AND may_share(m.role)
WHERE s.organization_id = organization AND s.token_hash = hash
$$;

-- Which link a token is, without opening anything: what is put on record when it is refused.
CREATE FUNCTION admit_share(organization uuid, hash text, expires_at bigint, mac bytea)
    RETURNS TABLE (share_id uuid, refusal text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    PERFORM check_ticket('share/' || organization || '/' || hash, expires_at, mac);
    RETURN QUERY SELECT f.share_id, f.refusal FROM find_share(organization, hash) f;
END
$$;

CREATE FUNCTION enter_organization_by_share(organization uuid, hash text, expires_at bigint, mac bytea) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
    link uuid;
BEGIN
    PERFORM check_ticket('share/' || organization || '/' || hash, expires_at, mac);
    SELECT f.share_id INTO link FROM find_share(organization, hash) f WHERE f.refusal IS NULL;
    IF link IS NULL THEN
        RAISE EXCEPTION 'a link cannot enter organization %', organization USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM open_scope(organization, 'share:' || link);
END
$$;

-- The link by which the open scope was entered; NULL for members and the server. Whether the scope is genuine is looked at
-- by the policy that stands beside each use.
CREATE FUNCTION current_share() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL RESTRICTED
    RETURN CASE WHEN current_setting('nuxari.actor', true) LIKE 'share:%'
        THEN substr(current_setting('nuxari.actor', true), 7)::uuid END;

-- The organization of the open scope, whoever entered it: what current_organization() was until there were links.
CREATE FUNCTION reachable_organization() RETURNS uuid
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

-- Every policy asks it that is not named below, so that a table which is added tomorrow is closed to links too.
CREATE OR REPLACE FUNCTION current_organization() RETURNS uuid
    LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER AS
$$
DECLARE
    organization uuid;
BEGIN
    SELECT public.sealed_organization(secret) INTO organization FROM public.scope_key;
    IF organization IS NULL THEN
        PERFORM public.refuse_unsealed_scope();
    END IF;
    IF current_setting('nuxari.actor') LIKE 'share:%' THEN
        RAISE EXCEPTION 'a link does not open this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN organization;
END
$$;

CREATE OR REPLACE FUNCTION current_actor() RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    PERFORM reachable_organization();
    RETURN current_setting('nuxari.actor');
END
$$;

-- Proofs are made of the hashes of other events. Whoever may not read those events may have their hashes.
CREATE FUNCTION audit_leaf_hashes(organization uuid, first bigint, beyond bigint) RETURNS TABLE (hash bytea)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    IF organization IS DISTINCT FROM reachable_organization() THEN
        RAISE EXCEPTION 'the log belongs to the organization of the open scope' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY
        SELECT e.leaf_hash
        FROM audit_event e
        WHERE e.organization_id = organization AND e.sequence >= first AND e.sequence < beyond
        ORDER BY e.sequence;
END
$$;

-- Whether the link of the open scope shares this event. It runs as the caller, whose own link and package it finds.
CREATE FUNCTION is_shared_event(event audit_event) RETURNS boolean
    LANGUAGE plpgsql STABLE PARALLEL RESTRICTED AS
$$
DECLARE
    link   public.share_link;
    wanted jsonb;
BEGIN
    SELECT s.* INTO link
    FROM public.share_link s
    WHERE s.organization_id = event.organization_id AND s.share_id = public.current_share();
    -- What it did itself is counted, so that it cannot fill the log.
    IF event.actor = 'share:' || link.share_id THEN
        RETURN true;
    END IF;
    IF link.package_id IS NOT NULL THEN
        RETURN EXISTS (SELECT FROM public.evidence_package p
                       WHERE p.organization_id = event.organization_id AND p.package_id = link.package_id
                         AND p.log_index = event.sequence)
            OR EXISTS (SELECT FROM public.evidence_attestation a
                       WHERE a.organization_id = event.organization_id AND a.package_id = link.package_id
                         AND a.log_index = event.sequence);
    END IF;
    wanted := link.filter::jsonb;
    RETURN wanted IS NOT NULL
        AND coalesce(wanted ->> 'actor' = event.actor, true)
        AND coalesce(wanted ->> 'action' IN (event.action, event.noun || '.'), true)
        AND coalesce(wanted ->> 'targetType' = event.target_type, true)
        AND coalesce(wanted ->> 'targetId' = event.target_id, true)
        AND coalesce((wanted ->> 'from')::timestamptz <= event.at, true)
        AND coalesce((wanted ->> 'to')::timestamptz > event.at, true)
        AND coalesce(wanted ->> 'outcome' = event.outcome, true)
        AND (wanted ->> 'approvalRef' IS NULL OR ((wanted ->> 'approvalRef')::uuid = event.approval_ref) IS TRUE)
        AND (wanted ->> 'requestId' IS NULL OR ((wanted ->> 'requestId')::uuid = event.request_id) IS TRUE)
        AND (wanted ->> 'following' IS NULL
            OR (event.approval_ref = ANY (link.matter_references)) IS TRUE
            OR (event.request_id = ANY (link.matter_references)) IS TRUE
            OR (event.target_id = ANY (link.matter_targets)) IS TRUE);
END
$$;

-- What links reach: the hashes and heads of the log, the keys that the log is signed with (sealed; what opens them is not in
-- the database), and of everything else what is shared.
ALTER POLICY own_organization ON organization
    USING (organization_id = (SELECT reachable_organization())) WITH CHECK (organization_id = (SELECT reachable_organization()));
ALTER POLICY own_organization ON share_link
    USING (organization_id = (SELECT reachable_organization())) WITH CHECK (organization_id = (SELECT reachable_organization()));
ALTER POLICY own_organization ON organization_key
    USING (organization_id = (SELECT reachable_organization())) WITH CHECK (organization_id = (SELECT reachable_organization()));
ALTER POLICY own_organization ON signing_key
    USING (organization_id = (SELECT reachable_organization())) WITH CHECK (organization_id = (SELECT reachable_organization()));
ALTER POLICY own_organization ON key_manifest
    USING (organization_id = (SELECT reachable_organization())) WITH CHECK (organization_id = (SELECT reachable_organization()));
ALTER POLICY own_organization ON audit_event
    USING (organization_id = (SELECT reachable_organization())) WITH CHECK (organization_id = (SELECT reachable_organization()));
ALTER POLICY own_organization ON audit_node
    USING (organization_id = (SELECT reachable_organization())) WITH CHECK (organization_id = (SELECT reachable_organization()));
ALTER POLICY own_organization ON audit_head
    USING (organization_id = (SELECT reachable_organization())) WITH CHECK (organization_id = (SELECT reachable_organization()));
ALTER POLICY own_organization ON audit_checkpoint
    USING (organization_id = (SELECT reachable_organization())) WITH CHECK (organization_id = (SELECT reachable_organization()));
ALTER POLICY own_organization ON evidence_package
    USING (organization_id = (SELECT reachable_organization())) WITH CHECK (organization_id = (SELECT reachable_organization()));
ALTER POLICY own_organization ON evidence_attestation
    USING (organization_id = (SELECT reachable_organization())) WITH CHECK (organization_id = (SELECT reachable_organization()));

-- Links append to the log what they did, and keep the log key from being replaced while they have something signed.
ALTER POLICY appending ON audit_event
    USING (organization_id = (SELECT reachable_organization())) WITH CHECK (organization_id = (SELECT reachable_organization()));
ALTER POLICY appending ON audit_node
    USING (organization_id = (SELECT reachable_organization())) WITH CHECK (organization_id = (SELECT reachable_organization()));
ALTER POLICY appending ON audit_head
    USING (organization_id = (SELECT reachable_organization())) WITH CHECK (organization_id = (SELECT reachable_organization()));
ALTER POLICY turning ON key_manifest
    USING (organization_id = (SELECT reachable_organization())) WITH CHECK (organization_id = (SELECT reachable_organization()));

CREATE POLICY shared ON share_link AS RESTRICTIVE TO nuxari_app
    USING ((SELECT current_share()) IS NULL OR share_id = (SELECT current_share()));
CREATE POLICY shared ON audit_event AS RESTRICTIVE TO nuxari_app
    USING ((SELECT current_share()) IS NULL OR is_shared_event(audit_event));
CREATE POLICY shared ON evidence_package AS RESTRICTIVE TO nuxari_app
    USING ((SELECT current_share()) IS NULL
        OR package_id = (SELECT s.package_id FROM share_link s WHERE s.share_id = current_share()))
    WITH CHECK ((SELECT current_share()) IS NULL);
CREATE POLICY shared ON evidence_attestation AS RESTRICTIVE TO nuxari_app
    USING ((SELECT current_share()) IS NULL
        OR package_id = (SELECT s.package_id FROM share_link s WHERE s.share_id = current_share()))
    WITH CHECK ((SELECT current_share()) IS NULL);

-- They make no keys.
CREATE POLICY shared ON organization_key AS RESTRICTIVE FOR INSERT TO nuxari_app WITH CHECK ((SELECT current_share()) IS NULL);
CREATE POLICY shared ON key_manifest AS RESTRICTIVE FOR INSERT TO nuxari_app WITH CHECK ((SELECT current_share()) IS NULL);
CREATE POLICY shared ON signing_key AS RESTRICTIVE FOR INSERT TO nuxari_app WITH CHECK ((SELECT current_share()) IS NULL);

GRANT EXECUTE ON FUNCTION admit_share, enter_organization_by_share TO nuxari_app;
GRANT EXECUTE ON FUNCTION current_share, reachable_organization, audit_leaf_hashes, is_shared_event TO nuxari_app;
