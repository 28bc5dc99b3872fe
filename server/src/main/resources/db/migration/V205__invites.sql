-- Invitations: an address, a role, and who answers for it. The link is in a mail and nowhere else; here is the hash of its token.

CREATE TABLE invite (
    organization_id uuid        NOT NULL REFERENCES organization,
    invite_id       uuid        NOT NULL,
    email           text        NOT NULL CHECK (email_domain(email) IS NOT NULL),
    role            text        NOT NULL CHECK (role IN ('admin', 'approver', 'requester', 'auditor', 'readonly')),
    state           text        NOT NULL CHECK (state IN ('open', 'accepted', 'revoked', 'replaced')),
    invited_by      uuid        NOT NULL,
    invited_at      timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    -- NULL until the next mail is on its way: nothing opens the invitation then.
    token_hash      text CHECK (token_hash ~ '^[0-9a-f]{64}$'),
    -- The mail that is to be sent, or was: another one has another id, and a timer of its own.
    mailing         uuid        NOT NULL,
    delivery        text        NOT NULL CHECK (delivery IN ('waiting', 'sent', 'failing')),
    queued_at       timestamptz NOT NULL,
    attempts        int         NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    tried_at        timestamptz,
    failure         text CHECK (failure IN ('not-configured', 'no-connection', 'not-accepted', 'address-refused')),
    -- The account at the broker that was made for whoever opened the link, or was there.
    subject         text CHECK (subject <> ''),
    settled_at      timestamptz,
    accepted_by     uuid,
    revoked_by      uuid,
    PRIMARY KEY (organization_id, invite_id),
    UNIQUE (organization_id, token_hash),
    UNIQUE (organization_id, mailing),
    FOREIGN KEY (organization_id, invited_by) REFERENCES member,
    FOREIGN KEY (organization_id, accepted_by) REFERENCES member,
    FOREIGN KEY (organization_id, revoked_by) REFERENCES member,
    CHECK (expires_at > invited_at AND expires_at <= queued_at + interval '2160 hours'),
    CHECK ((state = 'open') = (settled_at IS NULL)),
    CHECK ((state = 'accepted') = (accepted_by IS NOT NULL)),
    CHECK ((state = 'revoked') = (revoked_by IS NOT NULL)),
    CHECK ((delivery = 'failing') = (failure IS NOT NULL)),
    CHECK (state = 'open' OR token_hash IS NULL)
);

-- One open invitation for one address. It is ASCII, so lower() is the same everywhere.
CREATE UNIQUE INDEX invite_open ON invite (organization_id, lower(email)) WHERE state = 'open';
CREATE INDEX ON invite (organization_id, queued_at);

ALTER TABLE invite
    ALTER COLUMN email SET STATISTICS 0,
    ALTER COLUMN subject SET STATISTICS 0;

CALL protect('invite');
GRANT SELECT, INSERT ON invite TO nuxari_app;
GRANT UPDATE (state, expires_at, token_hash, mailing, delivery, queued_at, attempts, tried_at, failure, subject, settled_at, accepted_by,
              revoked_by, invited_by)
    ON invite TO nuxari_app;

-- Read by the door of enrolment, and by the trigger that counts.
CREATE POLICY door ON invite TO nuxari_owner
    USING (organization_id = (SELECT current_organization())) WITH CHECK (organization_id = (SELECT current_organization()));

-- Whether a member may invite and answer for it; as MEMBERS_MANAGE of Role has it. No invitation makes an owner, so an admin's
-- ceiling is everybody's.
CREATE FUNCTION may_invite(role text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    RETURN role IN ('owner', 'admin');

-- Nobody invites or revokes in somebody else's name, or without the right to; what has ended stays so. The server sends mails
-- under the name invite-mail, and whoever accepts does so under the name of that one invitation. Whatever statement tries.
CREATE FUNCTION require_permitted_invite() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
    by_member boolean;
BEGIN
    IF pg_has_role(session_user, current_user, 'USAGE') THEN
        RETURN NEW;
    END IF;
    by_member := may_invite(role_of_actor(NEW.organization_id)) IS TRUE;
    IF TG_OP = 'INSERT' THEN
        IF NOT (by_member AND current_actor() = 'member:' || NEW.invited_by AND NEW.state = 'open'
                AND num_nonnulls(NEW.token_hash, NEW.subject) = 0 AND NEW.delivery = 'waiting') THEN
            RAISE EXCEPTION '% may not invite like this', current_actor() USING ERRCODE = 'check_violation';
        END IF;
    ELSIF OLD.state <> 'open' THEN
        RAISE EXCEPTION 'an invitation that has ended does not open again' USING ERRCODE = 'check_violation';
    ELSIF NOT (
        CASE
            WHEN by_member THEN
                NEW.state IN ('open', 'revoked', 'replaced')
                AND NEW.token_hash IS NULL
                AND NEW.subject IS NOT DISTINCT FROM OLD.subject
                AND (NEW.invited_by = OLD.invited_by OR current_actor() = 'member:' || NEW.invited_by)
                AND (NEW.revoked_by IS NULL OR current_actor() = 'member:' || NEW.revoked_by)
            WHEN current_actor() = 'system:invite-mail' THEN
                (NEW.state, NEW.invited_by, NEW.expires_at, NEW.mailing, NEW.queued_at, NEW.subject)
                IS NOT DISTINCT FROM (OLD.state, OLD.invited_by, OLD.expires_at, OLD.mailing, OLD.queued_at, OLD.subject)
            WHEN current_actor() = 'system:invite/' || OLD.invite_id THEN
                NEW.state IN ('open', 'accepted')
                AND (NEW.invited_by, NEW.expires_at, NEW.mailing, NEW.queued_at, NEW.delivery)
                    IS NOT DISTINCT FROM (OLD.invited_by, OLD.expires_at, OLD.mailing, OLD.queued_at, OLD.delivery)
            ELSE false
        END) THEN
        RAISE EXCEPTION '% may not change this invitation like that', current_actor() USING ERRCODE = 'check_violation';
    END IF;
    -- Beyond a hundred invitations sent within an hour none is: counted one by one, under the lock of the memberships.
    IF TG_OP = 'INSERT' OR NEW.queued_at > OLD.queued_at THEN
        PERFORM lock_memberships(NEW.organization_id);
        IF (SELECT count(*)
            FROM invite i
            WHERE i.organization_id = NEW.organization_id AND i.queued_at > NEW.queued_at - interval '1 hour'
              AND i.invite_id <> NEW.invite_id) >= 100 THEN
            RETURN NULL;
        END IF;
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER permitted_invite BEFORE INSERT OR UPDATE ON invite
    FOR EACH ROW EXECUTE FUNCTION require_permitted_invite();

-- What an invitation lets in: one person who was none of the members, at the address and in the role that it names, as long as
-- it is open and whoever sent it may still do so. The hash has been compared where the token is known. The inviter's row is
-- locked: who is demoted at the same moment either invited before that or did not.
CREATE OR REPLACE FUNCTION invite_permits(source uuid, before member, after member) RETURNS boolean
    LANGUAGE plpgsql SET search_path = public, pg_temp AS
$$
DECLARE
    inviter uuid;
BEGIN
    IF before.member_id IS NOT NULL THEN
        RETURN false;
    END IF;
    SELECT i.invited_by INTO inviter
    FROM invite i
    WHERE i.organization_id = after.organization_id
      AND i.invite_id = source
      AND i.state = 'open'
      AND i.token_hash IS NOT NULL
      AND i.expires_at > clock_timestamp()
      AND i.role = after.role
      AND lower(i.email) = lower(after.email)
      AND (i.subject IS NULL OR i.subject = after.subject);
    RETURN inviter IS NOT NULL AND EXISTS (
        SELECT FROM member m
        WHERE m.organization_id = after.organization_id AND m.member_id = inviter AND m.state = 'active' AND may_invite(m.role)
        FOR SHARE);
END
$$;

-- The table's own check asks it, as whoever writes.
GRANT EXECUTE ON FUNCTION email_domain TO nuxari_app;
