-- The durable timers: db-scheduler's table with opaque tickets (organization, kind, id, due time) and nothing else. It has a
-- role of its own; the server's role can only ask for a timer of the organization whose scope is open, in its own
-- transaction, so that a timer and what it is for commit together.

CREATE TABLE scheduled_tasks (
    task_name            text        NOT NULL,
    task_instance        text        NOT NULL,
    task_data            bytea,
    execution_time       timestamptz NOT NULL,
    picked               boolean     NOT NULL,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures int,
    last_heartbeat       timestamptz,
    version              bigint      NOT NULL,
    priority             smallint,
    CONSTRAINT timer_key PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX ON scheduled_tasks (execution_time);
CREATE INDEX ON scheduled_tasks (last_heartbeat);
CREATE INDEX ON scheduled_tasks (picked_by) WHERE picked;

CREATE FUNCTION schedule_timer(organization uuid, task text, id text, due timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    IF organization IS DISTINCT FROM current_organization() THEN
        RAISE EXCEPTION 'a timer belongs to the organization whose scope is open' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)
    VALUES (task, organization || '/' || id, due, false, 1)
    ON CONFLICT (task_name, task_instance) DO UPDATE
        SET execution_time = least(scheduled_tasks.execution_time, excluded.execution_time)
        WHERE NOT scheduled_tasks.picked;
END
$$;

GRANT EXECUTE ON FUNCTION schedule_timer TO nuxari_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON scheduled_tasks TO nuxari_timer;
