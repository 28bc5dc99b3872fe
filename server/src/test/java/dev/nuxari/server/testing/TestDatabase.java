package dev.nuxari.server.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.nuxari.platform.testing.SharedPostgres;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The real database, migrated once for all tests of the JVM. */
public final class TestDatabase {
    private static final String DATABASE = "nuxari";
    private static final ConcurrentMap<String, DataSource> POOLS = new ConcurrentHashMap<>();

    private TestDatabase() {}

    /** A superuser, whom no policy binds. For what a test is given and for looking afterwards, never for what it does. */
    public static JdbcClient beyondTheWalls() {
        return JdbcClient.create(as("postgres"));
    }

    /** The database as a role sees it, such as {@code nuxari_app}. */
    public static DataSource as(String role) {
        return POOLS.computeIfAbsent(role, TestDatabase::pool);
    }

    /** Signing in costs more than most statements, and every test makes organizations. */
    private static DataSource pool(String role) {
        var pool = new HikariConfig();
        pool.setPoolName("tests as " + role);
        pool.setJdbcUrl(url());
        pool.setUsername(role);
        pool.setPassword(role.equals("postgres") ? postgres().superuserPassword() : password(role));
        pool.setMinimumIdle(0);
        return new HikariDataSource(pool);
    }

    /** The same connection again and again, as a pool would give it: what a transaction leaves behind is seen. */
    public static DataSource oneConnectionAs(String role) {
        return new SingleConnectionDataSource(url(), role, password(role), true);
    }

    /** The address of the migrated database. */
    public static String url() {
        return Migrated.URL;
    }

    public static String password(String role) {
        return postgres().password(role);
    }

    private static SharedPostgres postgres() {
        return SharedPostgres.instance();
    }

    private static final class Migrated {
        static final String URL = migrate();

        private static String migrate() {
            String url = postgres().jdbcUrl(DATABASE);
            Flyway.configure()
                    .dataSource(url, "nuxari_owner", password("nuxari_owner"))
                    .load()
                    .migrate();
            return url;
        }
    }
}
