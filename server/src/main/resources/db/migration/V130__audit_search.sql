-- What the log is searched by. The new columns are computed from the event itself, so they cannot contradict it; whatever is
-- looked for is found in the order of the log, newest first, without sorting.

CREATE FUNCTION event_reference(leaf bytea, member text) RETURNS uuid
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
$$
BEGIN
    RETURN convert_from(leaf, 'UTF8')::jsonb ->> member;
END
$$;

ALTER TABLE audit_event
    ADD COLUMN noun         text GENERATED ALWAYS AS (split_part(action, '.', 1)) STORED,
    ADD COLUMN approval_ref uuid GENERATED ALWAYS AS (event_reference(leaf, 'approvalRef')) STORED,
    ADD COLUMN request_id   uuid GENERATED ALWAYS AS (event_reference(leaf, 'requestId')) STORED;

-- As protect() does for the columns that were there when it was called.
ALTER TABLE audit_event ALTER COLUMN noun SET STATISTICS 0;

CREATE INDEX audit_event_at ON audit_event (organization_id, at);
CREATE INDEX audit_event_action ON audit_event (organization_id, action, sequence);
CREATE INDEX audit_event_noun ON audit_event (organization_id, noun, sequence);
CREATE INDEX audit_event_actor ON audit_event (organization_id, actor, sequence);
CREATE INDEX audit_event_target_type ON audit_event (organization_id, target_type, sequence);
CREATE INDEX audit_event_target ON audit_event (organization_id, target_id, sequence);
CREATE INDEX audit_event_approval ON audit_event (organization_id, approval_ref, sequence) WHERE approval_ref IS NOT NULL;
CREATE INDEX audit_event_request ON audit_event (organization_id, request_id, sequence) WHERE request_id IS NOT NULL;
-- What succeeds is nearly everything, and needs no index to be found.
CREATE INDEX audit_event_outcome ON audit_event (organization_id, outcome, sequence) WHERE outcome <> 'succeeded';
