-- One transparency log (RFC 6962) per organization. The server's role may read it and call append_audit_events, and has no
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
CREATE FUNCTION lock_audit_head(organization uuid) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
    next_sequence bigint;
BEGIN
    SELECT size INTO next_sequence FROM audit_head WHERE organization_id = organization FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO audit_head (organization_id, size, subtrees, root) VALUES (organization, 0, '{}', sha256(''))
        ON CONFLICT DO NOTHING;
        SELECT size INTO next_sequence FROM audit_head WHERE organization_id = organization FOR UPDATE;
    END IF;
    RETURN next_sequence;
END
$$;

CREATE FUNCTION append_audit_events(organization uuid, leaves bytea[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
    actor    text     := current_actor();
    next     bigint;
    tops     bytea[];
    leaf     bytea;
    event    jsonb;
    hash     bytea;
    height   int;
    rest     bigint;
    new_root bytea;
BEGIN
    SELECT size, subtrees INTO next, tops FROM audit_head WHERE organization_id = organization FOR UPDATE;
    FOREACH leaf IN ARRAY leaves LOOP
        event := convert_from(leaf, 'UTF8')::jsonb;
        IF (event ->> 'sequence')::bigint IS DISTINCT FROM next
            OR (event ->> 'organizationId')::uuid IS DISTINCT FROM organization
            OR concat(event #>> '{actor,type}', ':', event #>> '{actor,id}') IS DISTINCT FROM actor THEN
            RAISE EXCEPTION 'the event is not the next one of this organization, or is not by who is there'
                USING ERRCODE = 'check_violation';
        END IF;
        hash := sha256('\x00'::bytea || leaf);
        INSERT INTO audit_event
            (organization_id, sequence, id, at, actor, action, outcome, target_type, target_id, leaf, leaf_hash)
        VALUES (organization, next, (event ->> 'id')::uuid, (event ->> 'at')::timestamptz, actor,
                event ->> 'action', event ->> 'outcome', event #>> '{target,type}', event #>> '{target,id}', leaf, hash);

        -- Every complete pair of subtrees becomes one (RFC 9162, section 2.1.1).
        height := 0;
        rest := next;
        WHILE rest & 1 = 1 LOOP
            hash := sha256('\x01'::bytea || tops[cardinality(tops)] || hash);
            tops := trim_array(tops, 1);
            height := height + 1;
            rest := rest >> 1;
            INSERT INTO audit_node (organization_id, level, index, hash)
            VALUES (organization, height, next >> height, hash);
        END LOOP;
        tops := tops || hash;
        next := next + 1;
    END LOOP;

    new_root := tops[cardinality(tops)];
    FOR i IN REVERSE cardinality(tops) - 1 .. 1 LOOP
        new_root := sha256('\x01'::bytea || tops[i] || new_root);
    END LOOP;
    UPDATE audit_head SET size = next, subtrees = tops, root = new_root WHERE organization_id = organization;
END
$$;

CALL append_only('audit_event');
CALL append_only('audit_node');
CALL append_only('audit_checkpoint');
REVOKE INSERT ON audit_event, audit_node FROM nuxari_app;
GRANT SELECT ON audit_head TO nuxari_app;
GRANT EXECUTE ON FUNCTION lock_audit_head, append_audit_events TO nuxari_app;
