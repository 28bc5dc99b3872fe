-- What a directory of a hundred thousand users needs: each of these was a look at all of them.

-- Listing and counting read this index and nothing else.
DROP INDEX directory_user_organization_id_directory_id_user_id_idx;
CREATE INDEX directory_user_listed ON directory_user (organization_id, directory_id, user_id) WHERE deleted_at IS NULL;
CREATE INDEX directory_user_subject ON directory_user (organization_id, subject) WHERE subject IS NOT NULL;
CREATE INDEX directory_user_roles ON directory_user (organization_id, directory_id, roles_version)
    WHERE active AND subject IS NOT NULL AND pending_at IS NULL;

-- The same as before. But that the two cases have a query of their own, each of which an index answers: the one by the address,
-- the other by the member.
CREATE OR REPLACE FUNCTION scim_permits(source uuid, before member, after member) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS
$$
SELECT CASE
    WHEN before.member_id IS NULL THEN EXISTS (
        SELECT FROM directory d
        JOIN directory_user u ON u.organization_id = d.organization_id AND u.directory_id = d.directory_id
        WHERE d.organization_id = after.organization_id AND d.directory_id = source AND d.state = 'active'
          AND u.email = after.email AND u.active AND u.deleted_at IS NULL AND u.member_id IS NULL
          AND role_rank(after.role) <= role_rank(d.ceiling)
          AND EXISTS (SELECT FROM organization_domain o
                      WHERE o.organization_id = after.organization_id AND o.state = 'verified'
                        AND o.domain = email_domain(after.email)))
    ELSE EXISTS (
        SELECT FROM directory d
        JOIN directory_user u ON u.organization_id = d.organization_id AND u.directory_id = d.directory_id
        WHERE d.organization_id = after.organization_id AND d.directory_id = source AND d.state = 'active'
          AND u.member_id = before.member_id
          AND (after.email, after.display_name) = (before.email, before.display_name)
          AND CASE before.state || '/' || after.state
              WHEN 'active/deprovisioned' THEN after.role = before.role
              WHEN 'deprovisioned/active' THEN u.active AND role_rank(after.role) <= role_rank(d.ceiling)
              WHEN 'active/active' THEN
                  u.active AND greatest(role_rank(after.role), role_rank(before.role)) <= role_rank(d.ceiling)
              ELSE false
              END)
    END
$$;
