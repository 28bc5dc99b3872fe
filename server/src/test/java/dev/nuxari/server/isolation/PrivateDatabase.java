package dev.nuxari.server.isolation;

import dev.nuxari.platform.DatabaseRoles;
import dev.nuxari.platform.testing.SharedPostgres;
import dev.nuxari.server.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A database that the ablation has for itself, because it takes the walls down. The server migrates it when it starts. Roles
 * are shared with the other tests of the JVM and stay as they are.
 */
final class PrivateDatabase {
    private static final String UNSEALED = """
            CREATE OR REPLACE FUNCTION %s() RETURNS uuid
                LANGUAGE sql STABLE SECURITY DEFINER
                RETURN nullif(current_setting('nuxari.organization_id', true), '')::uuid
            """;

    private final String name = "isolation_" + UUID.randomUUID().toString().substring(0, 8);
    private final List<String> definitions = new ArrayList<>();
    private final List<String> walled = new ArrayList<>();
    private final JdbcClient jdbc;

    PrivateDatabase() {
        JdbcClient shared = TestDatabase.beyondTheWalls();
        shared.sql("CREATE DATABASE " + name + " OWNER nuxari_owner").update();
        shared.sql("REVOKE ALL ON DATABASE " + name + " FROM PUBLIC").update();
        shared.sql("GRANT CONNECT ON DATABASE " + name + " TO nuxari_app, nuxari_timer, nuxari_provisioner")
                .update();
        jdbc = JdbcClient.create(new SingleConnectionDataSource(
                url(), "postgres", SharedPostgres.instance().superuserPassword(), true));
        try {
            DatabaseRoles.buildWalls(SharedPostgres.instance().postgres(), name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    String url() {
        return SharedPostgres.instance().jdbcUrl(name);
    }

    DataSource as(String role) {
        return new DriverManagerDataSource(url(), role, TestDatabase.password(role));
    }

    /** A superuser, whom no wall stops. */
    JdbcClient beyondTheWalls() {
        return jdbc;
    }

    /**
     * Remembers the walls as the migrations have built them. From here on the server's role may do everything with every
     * table: that it has few privileges is one more wall, which is not to be what stops an attempt.
     */
    void remember() {
        definitions.addAll(texts("""
                SELECT pg_get_functiondef(oid)
                FROM pg_proc
                WHERE pronamespace = 'public'::regnamespace
                  AND proname IN ('enter_organization', 'enter_organization_as_system', 'enter_organization_by_share',
                                  'current_organization', 'reachable_organization', 'lock_audit_head', 'contradicts_place',
                                  'audit_leaf_hashes', 'schedule_timer')
                """));
        walled.addAll(texts("""
                SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace
                """));
        ownedTables()
                .forEach(table ->
                        jdbc.sql("GRANT ALL ON " + table + " TO nuxari_app").update());
    }

    /** Those that can be written; what the database computes itself comes of them. */
    String columns(String table) {
        return String.join(", ", texts("""
                SELECT attname
                FROM pg_attribute
                WHERE attrelid = '%s'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
                ORDER BY attnum
                """.formatted(table)));
    }

    /** The tables whose rows belong to an organization, from the catalogue. */
    List<String> ownedTables() {
        return texts("""
                SELECT relname
                FROM pg_class
                JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'organization_id' AND NOT attisdropped
                WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
                ORDER BY relname
                """);
    }

    /** Those of them whose rows have an id that no other organization can have. */
    List<String> tablesWithUniqueIds() {
        return texts("""
                SELECT DISTINCT relname
                FROM pg_constraint
                JOIN pg_class ON pg_class.oid = conrelid
                JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey)
                WHERE contype = 'p' AND relnamespace = 'public'::regnamespace
                  AND atttypid = 'uuid'::regtype AND attname <> 'organization_id'
                ORDER BY relname
                """);
    }

    /** Puts up the database's layer, or takes it down: row-level security, and whatever a door or a function compares. */
    void walls(boolean up) {
        walled.forEach(
                table -> jdbc.sql("ALTER TABLE %s %s ROW LEVEL SECURITY".formatted(table, up ? "ENABLE" : "DISABLE"))
                        .update());
        if (up) {
            definitions.forEach(definition -> jdbc.sql(definition).update());
            return;
        }
        door("enter_organization", "(SELECT 'member:' || member_id FROM member WHERE subject = person LIMIT 1)");
        door("enter_organization_as_system", "'system:' || workload");
        door(
                "enter_organization_by_share",
                "(SELECT 'share:' || share_id FROM share_link WHERE token_hash = hash LIMIT 1)");
        jdbc.sql(UNSEALED.formatted("current_organization")).update();
        jdbc.sql(UNSEALED.formatted("reachable_organization")).update();
        without("lock_audit_head", "organization IS DISTINCT FROM reachable_organization()");
        without("contradicts_place", "(event ->> 'organizationId')::uuid IS DISTINCT FROM organization");
        without("audit_leaf_hashes", "organization IS DISTINCT FROM reachable_organization()");
        without("schedule_timer", "organization IS DISTINCT FROM current_organization()");
    }

    /** Foreign keys and triggers are walls too, and none of the four. */
    void keysAndTriggers(boolean up) {
        ownedTables()
                .forEach(table -> jdbc.sql("ALTER TABLE %s %s TRIGGER ALL".formatted(table, up ? "ENABLE" : "DISABLE"))
                        .update());
    }

    /** A door that writes down what it is told. */
    private void door(String function, String actor) {
        String arguments = jdbc.sql("SELECT pg_get_function_arguments(CAST(? AS regproc))")
                .param(function)
                .query((row, _) -> row.getString(1))
                .single();
        jdbc.sql("""
                CREATE OR REPLACE FUNCTION %s(%s) RETURNS void
                    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
                $$
                BEGIN
                    PERFORM set_config('nuxari.organization_id', organization::text, true),
                            set_config('nuxari.actor', coalesce(%s, ''), true);
                END
                $$
                """.formatted(function, arguments, actor)).update();
    }

    /** Replaces one comparison of a function by one that is never true. */
    private void without(String function, String comparison) {
        String definition = definitions.stream()
                .filter(known -> known.contains("." + function + "("))
                .findFirst()
                .orElseThrow();
        String open = definition.replace(comparison, "false");
        if (open.equals(definition)) {
            throw new IllegalStateException(function + " does not say: " + comparison);
        }
        jdbc.sql(open).update();
    }

    private List<String> texts(String query) {
        return jdbc.sql(query).query((row, _) -> row.getString(1)).list();
    }
}
