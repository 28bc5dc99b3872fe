-- What PostgreSQL lets every role do, and a role that serves one organization after the other must not: look at other
-- sessions and end them, lock what has no row, keep things outside tables or beyond a transaction, run code of its own.
-- Run as a superuser in the product's database, and again after an upgrade of PostgreSQL. It may be run at any time.

DO
$$
DECLARE
    everybodys regprocedure;
BEGIN
    -- All that has effects or looks around, except what only answers: so a function that is new in PostgreSQL is taken too.
    FOR everybodys IN
        SELECT oid
        FROM pg_proc
        WHERE pronamespace = 'pg_catalog'::regnamespace
          AND has_function_privilege('public', oid, 'EXECUTE')
          AND (proname LIKE 'pg\_stat\_get\_%'
            OR proname = 'pg_get_replication_slots'
            OR provolatile = 'v'
                AND NOT 'internal'::regtype = ANY (proargtypes)
                AND prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype, 'language_handler'::regtype)
                AND proname NOT IN ('array_sample', 'array_shuffle', 'clock_timestamp', 'gen_random_uuid', 'pg_sleep',
                                    'pg_sleep_for', 'pg_sleep_until', 'plpgsql_validator', 'random', 'random_normal',
                                    'timeofday', 'uuidv4', 'uuidv7'))
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', everybodys);
    END LOOP;
END
$$;

-- What migrations and the doors need, which run as the owner.
GRANT EXECUTE ON FUNCTION set_config(text, text, boolean), pg_advisory_lock(bigint), pg_try_advisory_lock(bigint),
    pg_advisory_xact_lock(bigint), pg_try_advisory_xact_lock(bigint), pg_advisory_unlock(bigint) TO nuxari_owner;

-- Without a language there is no DO.
REVOKE USAGE ON LANGUAGE plpgsql, sql FROM PUBLIC;
GRANT USAGE ON LANGUAGE plpgsql, sql TO nuxari_owner;
