-- Why somebody whom a directory sends is no member yet: another organization has made their account, and it is still in one.
ALTER TABLE directory_user DROP CONSTRAINT directory_user_problem_check;
ALTER TABLE directory_user ADD CONSTRAINT directory_user_problem_check
    CHECK (problem IN ('domain-not-verified', 'domain-not-enrolled', 'address-not-verified', 'spoken-for-elsewhere',
                       'broker-unavailable', 'failed'));

-- What an invitation lets in: one person at the address and in the role that it names, as long as it is open and whoever sent it
-- may still do so. Whom a provider or a directory has let in before they came gets the role, if it is above theirs and nobody has
-- given them another one since. The hash has been compared where the token is known. The inviter's row is locked: who is demoted
-- at the same moment either invited before that or did not.
CREATE OR REPLACE FUNCTION invite_permits(source uuid, before member, after member) RETURNS boolean
    LANGUAGE plpgsql SET search_path = public, pg_temp AS
$$
DECLARE
    inviter uuid;
BEGIN
    IF before.member_id IS NOT NULL
        AND NOT (before.state = 'active' AND before.version = 1 AND role_rank(before.role) < role_rank(after.role)
                 AND (after.organization_id, after.member_id, after.subject, after.email, after.display_name, after.state)
                     IS NOT DISTINCT FROM (before.organization_id, before.member_id, before.subject, before.email,
                                           before.display_name, before.state)) THEN
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
