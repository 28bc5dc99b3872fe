package dev.nuxari.server.tenancy;

import static dev.nuxari.server.tenancy.Catalogue.namesIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.server.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database's roles may, by the catalogue and by trying: as much as their statements need. */
@Claim("T4")
class DatabaseRolesTest {
    private static final List<String> ROLES = List.of("nuxari_app", "nuxari_timer", "nuxari_provisioner");

    /** The server's doors and what it cannot write itself. Each compares its organization with the open scope, or a ticket. */
    private static final List<String> CALLED_BY_THE_SERVER = List.of(
            "admit_agent",
            "admit_member",
            "admit_share",
            "agents_organization",
            "are_domains",
            "append_audit_events",
            "audit_leaf_hashes",
            "current_actor",
            "current_agent",
            "current_organization",
            "current_share",
            "email_domain",
            "enter_organization",
            "enter_organization_as_system",
            "enter_organization_by_agent",
            "enter_organization_by_share",
            "forget_private_keys",
            "hold_log_key",
            "is_domain",
            "is_shared_event",
            "lock_audit_head",
            "lock_credential",
            "lock_log_key",
            "organizations_of",
            "reachable_organization",
            "read_only",
            "role_rank",
            "schedule_timer");

    /** What changes nothing but its own answer. */
    private static final List<String> HARMLESS = List.of(
            "array_sample",
            "array_shuffle",
            "clock_timestamp",
            "gen_random_uuid",
            "pg_sleep",
            "pg_sleep_for",
            "pg_sleep_until",
            "plpgsql_validator",
            "random",
            "random_normal",
            "timeofday",
            "uuidv4",
            "uuidv7");

    private static final String TRIED = """
            CREATE TABLE own (x int)
            CREATE TEMPORARY TABLE own (x int)
            SELECT 1 AS x INTO own
            CREATE TEMPORARY VIEW own AS SELECT 1
            CREATE SEQUENCE own
            CREATE TEMPORARY SEQUENCE own
            CREATE TYPE own AS (x int)
            CREATE DOMAIN own AS int
            CREATE SCHEMA own
            CREATE FUNCTION own() RETURNS int LANGUAGE sql RETURN 1
            CREATE FUNCTION pg_temp.own() RETURNS int LANGUAGE sql RETURN 1
            CREATE OPERATOR = (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)
            CREATE AGGREGATE own (int) (SFUNC = int4pl, STYPE = int)
            CREATE COLLATION own FROM "C"
            CREATE EXTENSION dblink
            CREATE EXTENSION file_fdw
            CREATE LANGUAGE own HANDLER plpgsql_call_handler
            CREATE ROLE own
            CREATE DATABASE own
            CREATE PUBLICATION own FOR ALL TABLES
            CREATE PUBLICATION own FOR TABLE member
            CREATE SUBSCRIPTION own CONNECTION 'host=127.0.0.1' PUBLICATION x
            CREATE FOREIGN DATA WRAPPER own
            CREATE EVENT TRIGGER own ON sql_drop EXECUTE FUNCTION refuse_change()
            CREATE TRIGGER own BEFORE UPDATE ON member FOR EACH ROW EXECUTE FUNCTION refuse_change()
            CREATE RULE own AS ON SELECT TO member DO INSTEAD SELECT 1
            CREATE POLICY own ON member USING (true)
            CREATE INDEX own ON member (email)
            CREATE STATISTICS own ON email, role FROM member
            ALTER TABLE member DISABLE ROW LEVEL SECURITY
            ALTER TABLE member NO FORCE ROW LEVEL SECURITY
            ALTER TABLE audit_event DISABLE TRIGGER ALL
            ALTER TABLE member ALTER COLUMN email SET STATISTICS 1000
            ALTER POLICY own_organization ON member USING (true)
            ALTER FUNCTION current_organization() RESET ALL
            ALTER FUNCTION lower(text) LEAKPROOF
            ALTER ROLE nuxari_app BYPASSRLS
            ALTER ROLE nuxari_owner PASSWORD 'x'
            ALTER ROLE ALL SET search_path = pg_catalog
            ALTER DATABASE nuxari SET row_security = off
            ALTER SYSTEM SET log_statement = 'all'
            ALTER DEFAULT PRIVILEGES FOR ROLE nuxari_owner GRANT ALL ON TABLES TO PUBLIC
            DROP TABLE member
            DROP POLICY own_organization ON member
            TRUNCATE member
            REINDEX TABLE member
            CLUSTER member
            REFRESH MATERIALIZED VIEW member
            COMMENT ON TABLE member IS 'x'
            GRANT nuxari_owner TO nuxari_app
            GRANT pg_read_all_data TO nuxari_app
            REASSIGN OWNED BY nuxari_owner TO nuxari_app
            SET ROLE nuxari_owner
            SET ROLE postgres
            SET SESSION AUTHORIZATION nuxari_owner
            SET session_replication_role = replica
            SET log_parameter_max_length = -1
            LOAD 'dblink'
            CHECKPOINT
            COPY member TO '/tmp/member'
            COPY member FROM '/tmp/member'
            COPY (SELECT 1) TO PROGRAM 'true'
            DO $$ BEGIN END $$
            DO LANGUAGE sql $$ SELECT 1 $$
            CALL protect('member')
            SELECT pg_read_file('PG_VERSION')
            SELECT pg_read_binary_file('PG_VERSION')
            SELECT pg_ls_dir('.')
            SELECT pg_stat_file('PG_VERSION')
            SELECT lo_import('/etc/hostname')
            SELECT lo_export(1, '/tmp/own')
            SELECT lo_create(0)
            SELECT lo_from_bytea(0, 'x')
            SELECT set_config('search_path', 'pg_catalog', false)
            UPDATE pg_settings SET setting = '1' WHERE name = 'statement_timeout'
            SELECT pg_reload_conf()
            SELECT pg_rotate_logfile()
            SELECT pg_terminate_backend(pg_backend_pid())
            SELECT pg_cancel_backend(pg_backend_pid())
            SELECT pg_advisory_lock(1)
            SELECT pg_advisory_xact_lock(1)
            SELECT pg_try_advisory_lock(1, 1)
            SELECT pg_notify('x', 'y')
            SELECT pg_export_snapshot()
            SELECT pg_logical_emit_message(false, 'x', 'y')
            SELECT pg_create_logical_replication_slot('own', 'pgoutput')
            SELECT pg_current_wal_lsn()
            SELECT pg_relation_size('member')
            SELECT pg_database_size(current_database())
            SELECT query_to_xml('SELECT 1', true, true, '')
            SELECT * FROM ts_stat('SELECT 1')
            SELECT query FROM pg_stat_activity
            SELECT pg_stat_get_backend_activity(1)
            SELECT n_live_tup FROM pg_stat_user_tables
            SELECT xact_commit FROM pg_stat_database
            SELECT mode FROM pg_locks
            SELECT gid FROM pg_prepared_xacts
            SELECT stavalues1 FROM pg_statistic
            SELECT rolpassword FROM pg_authid
            SELECT usename FROM pg_shadow
            SELECT data FROM pg_largeobject
            SELECT subconninfo FROM pg_subscription
            SELECT umoptions FROM pg_user_mapping
            SELECT database FROM pg_hba_file_rules
            SELECT inner_key FROM door_key
            SELECT secret FROM scope_key
            SELECT installed_rank FROM flyway_schema_history
            SELECT ticket_mac('x')
            SELECT scope_seal('x', 'y', 'z')
            SELECT sealed_organization('x')
            SELECT open_scope(NULL, 'x')
            SELECT check_ticket('x', 1, 'z')
            SELECT set_door_key('x', 'y')
            SELECT refuse_unsealed_scope()
            """;

    static Stream<Arguments> tried() {
        return ROLES.stream().flatMap(role -> TRIED.lines().map(statement -> Arguments.of(role, statement)));
    }

    @ParameterizedTest
    @MethodSource("tried")
    void whatReachesBeyondARolesOwnRowsIsRefused(String role, String statement) throws SQLException {
        try (Connection connection = TestDatabase.as(role).getConnection();
                Statement tried = connection.createStatement()) {
            assertThatThrownBy(() -> tried.execute(statement))
                    .isInstanceOf(SQLException.class)
                    .hasMessageMatching(
                            "(?s)ERROR: (permission denied|must be |access to |only roles with |no organization"
                                    + "|function own\\(|extension \"\\w+\" is not available|schema \"own\").*");
        }
    }

    @Test
    void rolesHaveNoPowersAndOwnNothing() {
        assertThat(namesIn("SELECT rolname FROM pg_roles WHERE rolname ~ '^nuxari_' AND rolname <> 'nuxari_owner'"))
                .containsExactlyInAnyOrderElementsOf(ROLES);
        assertThat(namesIn("""
                SELECT rolname
                FROM pg_roles
                WHERE rolname ~ '^nuxari_' AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication
                    OR EXISTS (SELECT FROM pg_auth_members WHERE pg_roles.oid IN (member, roleid)))
                """)).isEmpty();
        assertThat(namesIn("""
                SELECT rolname || ' ' || classid::regclass
                FROM pg_shdepend
                JOIN pg_roles ON pg_roles.oid = refobjid
                WHERE rolname ~ '^nuxari_' AND rolname <> 'nuxari_owner' AND deptype = 'o'
                """)).isEmpty();
    }

    @Test
    void everybodyMayNothing() {
        assertThat(namesIn("""
                SELECT datname || ' ' || privilege
                FROM pg_database, unnest(ARRAY['CONNECT', 'TEMPORARY', 'CREATE']) AS privilege
                WHERE datname IN ('nuxari', 'keycloak', 'postgres', 'template1')
                  AND has_database_privilege('public', datname, privilege)
                """)).isEmpty();
        assertThat(namesIn("""
                SELECT relname FROM pg_class, aclexplode(relacl) AS granted
                WHERE relnamespace = 'public'::regnamespace AND grantee = 0
                UNION ALL
                SELECT attname FROM pg_attribute, aclexplode(attacl) AS granted
                WHERE grantee = 0 AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
                UNION ALL
                SELECT proname FROM pg_proc
                WHERE pronamespace = 'public'::regnamespace AND has_function_privilege('public', oid, 'EXECUTE')
                UNION ALL
                SELECT lanname FROM pg_language WHERE lanpltrusted AND has_language_privilege('public', oid, 'USAGE')
                UNION ALL
                SELECT privilege FROM unnest(ARRAY['USAGE', 'CREATE']) AS privilege
                WHERE has_schema_privilege('public', 'public', privilege)
                UNION ALL
                SELECT defaclobjtype::text FROM pg_default_acl, aclexplode(defaclacl) AS granted
                WHERE grantee <> 'nuxari_owner'::regrole
                """)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nuxari_app", "nuxari_timer", "nuxari_provisioner"})
    void roleConnectsToItsDatabaseOnlyAndGivesNothingAway(String role) {
        assertThat(namesIn("""
                SELECT datname || ' ' || privilege
                FROM pg_database, unnest(ARRAY['CONNECT', 'TEMPORARY', 'CREATE']) AS privilege
                WHERE datallowconn AND datname IN ('nuxari', 'keycloak', 'postgres', 'template1')
                  AND has_database_privilege('%s', datname, privilege)
                """.formatted(role))).containsExactly("nuxari CONNECT");
        assertThat(namesIn("""
                SELECT relname FROM pg_class, aclexplode(relacl) AS granted
                WHERE grantee = '%1$s'::regrole
                  AND (is_grantable OR privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE'))
                UNION ALL
                SELECT attname FROM pg_attribute, aclexplode(attacl) AS granted
                WHERE grantee = '%1$s'::regrole AND is_grantable
                UNION ALL
                SELECT proname FROM pg_proc, aclexplode(proacl) AS granted
                WHERE grantee = '%1$s'::regrole AND is_grantable
                """.formatted(role))).isEmpty();
    }

    @Test
    void roleOfTheTimersReachesTheirTableAndProvisioningItsFunctionsOnly() {
        assertThat(reached("nuxari_timer")).containsExactly("scheduled_tasks");
        assertThat(reached("nuxari_provisioner"))
                .containsExactlyInAnyOrder("provision_member", "provision_organization");
    }

    @Test
    void serverCallsNoFunctionThatIsNotMeantForIt() {
        assertThat(namesIn("""
                SELECT DISTINCT proname
                FROM pg_proc
                WHERE pronamespace = 'public'::regnamespace AND prorettype <> 'trigger'::regtype
                  AND has_function_privilege('nuxari_app', oid, 'EXECUTE')
                """)).containsExactlyInAnyOrderElementsOf(CALLED_BY_THE_SERVER);
    }

    /** Asked for each table of each statement, current_organization names its schema: a search path would take longer. */
    @Test
    void searchPathOfACallerDoesNotBendTheOwnersFunctions() {
        assertThat(namesIn("""
                SELECT proname
                FROM pg_proc
                WHERE pronamespace = 'public'::regnamespace AND prosecdef
                  AND 'search_path=public, pg_temp' <> ALL (coalesce(proconfig, '{}'))
                """)).containsExactlyInAnyOrder("current_organization", "reachable_organization");
    }

    @Test
    void functionsOfPostgresThatEverybodyMayCallChangeNothing() {
        assertThat(namesIn("""
                SELECT DISTINCT proname
                FROM pg_proc
                WHERE pronamespace = 'pg_catalog'::regnamespace AND has_function_privilege('nuxari_app', oid, 'EXECUTE')
                  AND (provolatile = 'v' OR proname LIKE 'pg\\_stat\\_get\\_%')
                  AND NOT 'internal'::regtype = ANY (proargtypes)
                  AND prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype, 'language_handler'::regtype)
                """)).containsExactlyInAnyOrderElementsOf(HARMLESS);
    }

    @Test
    void serverStartsWithItsOwnRole() {
        assertThatNoException().isThrownBy(() -> checkedAs("nuxari_app"));
    }

    @Test
    void serverDoesNotStartWithARoleThatMayMore() {
        assertThatIllegalStateException()
                .isThrownBy(() -> checkedAs("nuxari_owner"))
                .withMessageContaining("owns tables, owns functions, makes tables, writes functions, changes settings");
        assertThatIllegalStateException()
                .isThrownBy(() -> checkedAs("postgres"))
                .withMessageContaining("is a superuser, bypasses policies, makes roles, makes databases, replicates")
                .withMessageContaining(
                        "sees other sessions, ends other sessions, locks without rows, stores large objects");
    }

    private static DatabaseRoleCheck checkedAs(String role) {
        return new DatabaseRoleCheck(JdbcClient.create(TestDatabase.as(role)));
    }

    private static List<String> reached(String role) {
        return namesIn("""
                SELECT relname
                FROM pg_class
                WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm', 'S', 'p', 'f')
                  AND (relkind <> 'S' AND has_any_column_privilege('%1$s', oid, 'SELECT, INSERT, UPDATE, REFERENCES')
                    OR has_table_privilege('%1$s', oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER'))
                UNION ALL
                SELECT proname
                FROM pg_proc
                WHERE pronamespace = 'public'::regnamespace AND has_function_privilege('%1$s', oid, 'EXECUTE')
                """.formatted(role));
    }
}
