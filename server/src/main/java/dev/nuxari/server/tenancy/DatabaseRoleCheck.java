package dev.nuxari.server.tenancy;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps the server from starting with a database role that may more than its statements need: the walls between
 * organizations stand on that. The platform makes the role and takes from it what PostgreSQL gives to everybody; where the
 * database is somebody else's, this is what notices that a step was left out.
 */
@Component
class DatabaseRoleCheck {
    DatabaseRoleCheck(JdbcClient jdbc) {
        List<String> powers = jdbc.sql("""
                SELECT power
                FROM pg_roles,
                     LATERAL (VALUES
                         ('is a superuser', rolsuper),
                         ('bypasses policies', rolbypassrls),
                         ('makes roles', rolcreaterole),
                         ('makes databases', rolcreatedb),
                         ('replicates', rolreplication),
                         ('is a member of another role', EXISTS (SELECT FROM pg_auth_members WHERE member = pg_roles.oid)),
                         ('owns tables', EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid)),
                         ('owns functions', EXISTS (SELECT FROM pg_proc WHERE proowner = pg_roles.oid)),
                         ('makes tables', has_schema_privilege('public', 'CREATE')
                             OR has_database_privilege(current_database(), 'CREATE, TEMPORARY')),
                         ('writes functions', has_language_privilege('plpgsql', 'USAGE')
                             OR has_language_privilege('sql', 'USAGE')),
                         ('changes settings', has_function_privilege('set_config(text, text, boolean)', 'EXECUTE')),
                         ('sees other sessions', has_function_privilege('pg_stat_get_activity(int)', 'EXECUTE')),
                         ('ends other sessions', has_function_privilege('pg_terminate_backend(int, bigint)', 'EXECUTE')),
                         ('locks without rows', has_function_privilege('pg_advisory_lock(bigint)', 'EXECUTE')),
                         ('stores large objects', has_function_privilege('lo_create(oid)', 'EXECUTE'))
                     ) AS powers (power, held)
                WHERE rolname = current_user AND held
                """)
                .query((row, _) -> String.valueOf(row.getString(1)))
                .list();
        if (!powers.isEmpty()) {
            throw new IllegalStateException("the server's database role may too much, it %s: see docs/operations.md"
                    .formatted(String.join(", ", powers)));
        }
    }
}
