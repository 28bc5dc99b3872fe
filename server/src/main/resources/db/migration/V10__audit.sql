-- One transparency log (RFC 6962) per organization. The server's role may read it and call append_audit_event, and has no
-- other way to write: sequence, hashes and root are made here, in the transaction of the action, and the event must name
-- the organization and the actor of the open scope.

CREATE TABLE audit_event (
    organization_id uuid        NOT NULL REFERENCES organization,
    sequence        bigint      NOT NULL CHECK (sequence >= 0),
    id              uuid        NOT NULL,
    at              timestamptz NOT NULL,
    actor           text        NOT NULL,
    action          text        NOT NULL,
    outcome         text        NOT NULL CHECK (outcome IN ('succeeded', 'refused', 'failed')),
    target_type     text        NOT NULL,
    target_id       text        NOT NULL,
    leaf            bytea       NOT NULL CHECK (octet_length(leaf) <= 61440),
    leaf_hash       bytea       NOT NULL CHECK (leaf_hash = sha256('\x00'::bytea || leaf)),
    PRIMARY KEY (organization_id, sequence)
);

-- The hashes of complete subtrees: node (level, index) covers the leaves [index * 2^level, (index + 1) * 2^level). Level 0 is
-- audit_event.leaf_hash.
CREATE TABLE audit_node (
    organization_id uuid   NOT NULL REFERENCES organization,
    level           int    NOT NULL CHECK (level > 0),
    index           bigint NOT NULL,
    hash            bytea  NOT NULL,
    PRIMARY KEY (organization_id, level, index)
);

-- The tree as it is: its size, the roots of its complete subtrees from left to right, and the root over them.
CREATE TABLE audit_head (
    organization_id uuid    PRIMARY KEY REFERENCES organization,
    size            bigint  NOT NULL,
    subtrees        bytea[] NOT NULL,
    root            bytea   NOT NULL
);

-- Signed tree heads (C2SP tlog-checkpoint), kept so that a proof can name the first one that covers an event.
CREATE TABLE audit_checkpoint (
    organization_id uuid        NOT NULL REFERENCES organization,
    size            bigint      NOT NULL,
    at              timestamptz NOT NULL,
    note            text        NOT NULL,
    PRIMARY KEY (organization_id, size)
);

CALL protect('audit_event');
CALL protect('audit_node');
CALL protect('audit_head');
CALL protect('audit_checkpoint');

-- The functions below write as the owner, and only for the organization whose scope is open.
CREATE POLICY appending ON audit_event TO nuxari_owner
    USING (organization_id = (SELECT current_organization())) WITH CHECK (organization_id = (SELECT current_organization()));
CREATE POLICY appending ON audit_node TO nuxari_owner
    USING (organization_id = (SELECT current_organization())) WITH CHECK (organization_id = (SELECT current_organization()));
CREATE POLICY appending ON audit_head TO nuxari_owner
    USING (organization_id = (SELECT current_organization())) WITH CHECK (organization_id = (SELECT current_organization()));

-- Locks the head until the scope closes and says which sequence number is next. Called last in a transaction: this is the
-- one row that all writers of an organization share.
CREATE FUNCTION lock_audit_head(organization uuid) RETURNS TABLE (next_sequence bigint, event_id uuid)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    RETURN QUERY SELECT h.size, uuidv7() FROM audit_head h WHERE h.organization_id = organization FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO audit_head (organization_id, size, subtrees, root) VALUES (organization, 0, '{}', sha256(''))
        ON CONFLICT DO NOTHING;
        RETURN QUERY SELECT h.size, uuidv7() FROM audit_head h WHERE h.organization_id = organization FOR UPDATE;
    END IF;
END
$$;

CREATE FUNCTION append_audit_event(organization uuid, leaf bytea) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
    event    jsonb   := convert_from(leaf, 'UTF8')::jsonb;
    head     audit_head;
    hash     bytea   := sha256('\x00'::bytea || leaf);
    tops     bytea[];
    height   int     := 0;
    rest     bigint;
    new_root bytea;
BEGIN
    SELECT * INTO head FROM audit_head h WHERE h.organization_id = organization FOR UPDATE;
    IF NOT FOUND OR (event ->> 'sequence')::bigint IS DISTINCT FROM head.size
        OR (event ->> 'organizationId')::uuid IS DISTINCT FROM organization
        OR concat(event #>> '{actor,type}', ':', event #>> '{actor,id}') IS DISTINCT FROM current_actor() THEN
        RAISE EXCEPTION 'the event is not the next one of this organization, or is not by who is there'
            USING ERRCODE = 'check_violation';
    END IF;

    INSERT INTO audit_event (organization_id, sequence, id, at, actor, action, outcome, target_type, target_id, leaf, leaf_hash)
    VALUES (organization, head.size, (event ->> 'id')::uuid, (event ->> 'at')::timestamptz, current_actor(),
            event ->> 'action', event ->> 'outcome', event #>> '{target,type}', event #>> '{target,id}', leaf, hash);

    -- Every complete pair of subtrees becomes one (RFC 9162, section 2.1.1).
    tops := head.subtrees;
    rest := head.size;
    WHILE rest & 1 = 1 LOOP
        hash := sha256('\x01'::bytea || tops[cardinality(tops)] || hash);
        tops := trim_array(tops, 1);
        height := height + 1;
        rest := rest >> 1;
        INSERT INTO audit_node (organization_id, level, index, hash) VALUES (organization, height, head.size >> height, hash);
    END LOOP;
    tops := tops || hash;

    new_root := tops[cardinality(tops)];
    FOR i IN REVERSE cardinality(tops) - 1 .. 1 LOOP
        new_root := sha256('\x01'::bytea || tops[i] || new_root);
    END LOOP;
    UPDATE audit_head h SET size = head.size + 1, subtrees = tops, root = new_root
    WHERE h.organization_id = organization;
END
$$;

CALL append_only('audit_event');
CALL append_only('audit_node');
CALL append_only('audit_checkpoint');
REVOKE INSERT ON audit_event, audit_node FROM nuxari_app;
GRANT SELECT ON audit_head TO nuxari_app;
GRANT EXECUTE ON FUNCTION lock_audit_head, append_audit_event TO nuxari_app;
