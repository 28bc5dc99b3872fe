-- Appending asks for the open scope less often, and opening a scope no longer plans a statement each time.

-- In PL/pgSQL its statement is planned once for a connection; the body of an SQL function that reads a table is planned at each
-- call. Called by the doors only, which set the search path.
CREATE OR REPLACE FUNCTION open_scope(organization uuid, actor text) RETURNS void
    LANGUAGE plpgsql AS
$$
BEGIN
    PERFORM pg_catalog.set_config('nuxari.organization_id', organization::text, true),
            pg_catalog.set_config('nuxari.actor', actor, true),
            pg_catalog.set_config('nuxari.scope_seal', public.scope_seal(secret, organization::text, actor), true)
    FROM public.scope_key;
END
$$;

CREATE OR REPLACE FUNCTION ticket_mac(ticket text) RETURNS bytea
    LANGUAGE plpgsql STABLE AS
$$
DECLARE
    inner_pad bytea;
    outer_pad bytea;
BEGIN
    SELECT inner_key, outer_key INTO inner_pad, outer_pad FROM public.door_key;
    RETURN pg_catalog.sha256(outer_pad || pg_catalog.sha256(inner_pad || pg_catalog.convert_to(ticket, 'UTF8')));
END
$$;

-- Locks the log until the transaction ends, and says what it is then. Called last in a transaction: all writers of an
-- organization share it. The organization is compared first, so that nobody holds up the log of another.
DROP FUNCTION lock_audit_head(uuid);
CREATE FUNCTION lock_audit_head(organization uuid) RETURNS audit_head
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
    head audit_head;
BEGIN
    IF organization IS DISTINCT FROM reachable_organization() THEN
        RAISE EXCEPTION 'the log belongs to the organization of the open scope' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_advisory_xact_lock(uuid_hash_extended(organization, 0));
    SELECT * INTO head FROM audit_head WHERE organization_id = organization;
    IF NOT FOUND THEN
        INSERT INTO audit_head (organization_id, size, subtrees, root) VALUES (organization, 0, '{}', sha256(''))
        RETURNING * INTO head;
    END IF;
    RETURN head;
END
$$;
GRANT EXECUTE ON FUNCTION lock_audit_head TO nuxari_app;

-- As before, but for what the lock says already: the head, and that the scope is genuine.
CREATE OR REPLACE FUNCTION append_audit_events(organization uuid, events bytea[], places int[]) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    head       audit_head;
    actor      text;
    first      bigint;
    tops       bytea[];
    leaf       bytea;
    event      jsonb;
    row_hashes bytea;
    width      bigint;
    place      bigint;
    height     int      := 0;
    heights    int[]    := '{}';
    indexes    bigint[] := '{}';
    rows       bytea[]  := '{}';
    new_tops   bytea[]  := '{}';
    new_root   bytea;
BEGIN
    head := lock_audit_head(organization);
    first := head.size;
    tops := head.subtrees;
    -- Sealed together with the organization, which the lock has just been compared with.
    actor := current_setting('nuxari.actor');

    IF cardinality(events) = 1 AND cardinality(places) = 1 THEN
        leaf := overlay(events[1] PLACING convert_to(first::text, 'UTF8') FROM places[1] FOR 1);
        event := convert_from(leaf, 'UTF8')::jsonb;
        IF NOT contradicts_place(event, organization, first, actor) THEN
            row_hashes := sha256('\x00'::bytea || leaf);
            width := 1;
            INSERT INTO audit_event (organization_id, sequence, id, at, actor, action, outcome, target_type, target_id,
                                     approval_ref, request_id, leaf, leaf_hash)
            VALUES (organization, first, (event ->> 'id')::uuid, (event ->> 'at')::timestamptz, actor,
                    event ->> 'action', event ->> 'outcome', event #>> '{target,type}', event #>> '{target,id}',
                    (event ->> 'approvalRef')::uuid, (event ->> 'requestId')::uuid, leaf, row_hashes);
        END IF;
    ELSE
        WITH appended AS (
            INSERT INTO audit_event AS made (organization_id, sequence, id, at, actor, action, outcome, target_type, target_id,
                                             approval_ref, request_id, leaf, leaf_hash)
            SELECT organization, stands, (read.event ->> 'id')::uuid, (read.event ->> 'at')::timestamptz, actor,
                   read.event ->> 'action', read.event ->> 'outcome',
                   read.event #>> '{target,type}', read.event #>> '{target,id}',
                   (read.event ->> 'approvalRef')::uuid, (read.event ->> 'requestId')::uuid,
                   read.leaf, sha256('\x00'::bytea || read.leaf)
            FROM (SELECT stands, numbered.leaf, convert_from(numbered.leaf, 'UTF8')::jsonb AS event
                  FROM (SELECT first + number - 1 AS stands,
                               overlay(unnumbered PLACING convert_to((first + number - 1)::text, 'UTF8') FROM at FOR 1) AS leaf
                        FROM unnest(events, places) WITH ORDINALITY AS given (unnumbered, at, number) OFFSET 0) AS numbered
                  OFFSET 0) AS read
            WHERE NOT contradicts_place(read.event, organization, stands, actor)
            RETURNING made.sequence, made.leaf_hash)
        SELECT string_agg(leaf_hash, '' ORDER BY sequence), count(*) INTO row_hashes, width FROM appended;
    END IF;
    IF width = 0 OR (width, width) IS DISTINCT FROM (cardinality(events), cardinality(places)) THEN
        RAISE EXCEPTION 'an event is not the next one of this organization, or is not by who is there'
            USING ERRCODE = 'check_violation';
    END IF;

    -- Row by row of the tree, from the leaves up, every complete pair of subtrees becomes one (RFC 9162, section 2.1.1). The
    -- new hashes of a row stand side by side in row_hashes, the first of them at this place.
    place := first;
    LOOP
        IF place & 1 = 1 THEN
            row_hashes := tops[cardinality(tops)] || row_hashes;
            tops := trim_array(tops, 1);
            place := place - 1;
            width := width + 1;
        END IF;
        IF width & 1 = 1 THEN
            new_tops := substring(row_hashes FROM (width::int - 1) * 32 + 1) || new_tops;
        END IF;
        EXIT WHEN width < 2;
        height := height + 1;
        place := place / 2;
        width := width / 2;
        IF width = 1 THEN
            row_hashes := sha256('\x01'::bytea || substring(row_hashes FOR 64));
        ELSE
            SELECT string_agg(sha256('\x01'::bytea || substring(row_hashes FROM pair * 64 + 1 FOR 64)), '' ORDER BY pair)
            INTO row_hashes FROM generate_series(0, width::int - 1) AS pair;
        END IF;
        heights := heights || height;
        indexes := indexes || place;
        rows := rows || row_hashes;
    END LOOP;
    IF height > 0 THEN
        INSERT INTO audit_node (organization_id, level, index, hash)
        SELECT organization, level, leftmost + i, substring(hashes FROM i * 32 + 1 FOR 32)
        FROM unnest(heights, indexes, rows) AS made (level, leftmost, hashes),
             generate_series(0, octet_length(hashes) / 32 - 1) AS i;
    END IF;

    tops := tops || new_tops;
    new_root := tops[cardinality(tops)];
    FOR i IN REVERSE cardinality(tops) - 1 .. 1 LOOP
        new_root := sha256('\x01'::bytea || tops[i] || new_root);
    END LOOP;
    UPDATE audit_head SET size = first + cardinality(events), subtrees = tops, root = new_root
    WHERE organization_id = organization;
    RETURN first;
END
$$;
