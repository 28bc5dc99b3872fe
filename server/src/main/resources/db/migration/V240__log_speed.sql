-- The two functions that write the log have compared their organization with the sealed scope before they touch a table of it, and
-- nothing comes between. So their statements, of which an append has five, need not have the seal computed again: they are held to the
-- organization that was compared. What the server's role may read of the log is decided as before.
ALTER POLICY appending ON audit_event
    USING (organization_id = (SELECT current_setting('nuxari.organization_id')::uuid))
    WITH CHECK (organization_id = (SELECT current_setting('nuxari.organization_id')::uuid));
ALTER POLICY appending ON audit_node
    USING (organization_id = (SELECT current_setting('nuxari.organization_id')::uuid))
    WITH CHECK (organization_id = (SELECT current_setting('nuxari.organization_id')::uuid));
ALTER POLICY appending ON audit_head
    USING (organization_id = (SELECT current_setting('nuxari.organization_id')::uuid))
    WITH CHECK (organization_id = (SELECT current_setting('nuxari.organization_id')::uuid));

-- Reading the key and computing with it in one statement was planned anew at each call, for two thirds of what opening a scope took.
-- Apart, the first is planned once for a connection, and the second is computed without the executor.
CREATE OR REPLACE FUNCTION open_scope(organization uuid, actor text) RETURNS void
    LANGUAGE plpgsql AS
$$
DECLARE
    key bytea;
BEGIN
    SELECT secret INTO STRICT key FROM public.scope_key;
    PERFORM pg_catalog.set_config('nuxari.organization_id', organization::text, true),
            pg_catalog.set_config('nuxari.actor', actor, true),
            pg_catalog.set_config('nuxari.scope_seal', public.scope_seal(key, organization::text, actor), true);
END
$$;
