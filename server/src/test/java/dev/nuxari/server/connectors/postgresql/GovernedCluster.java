package dev.nuxari.server.connectors.postgresql;

import static java.util.Objects.requireNonNull;

import dev.nuxari.kernel.Json;
import dev.nuxari.platform.testing.SharedPostgres;
import dev.nuxari.server.connectors.Connector;
import dev.nuxari.server.connectors.EntitlementRef;
import dev.nuxari.server.connectors.GovernedSystem;
import dev.nuxari.server.connectors.Settings;
import dev.nuxari.server.vault.Secret;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database of the tests' cluster, with an observing and an executing role of its own. */
final class GovernedCluster implements GovernedSystem {
    static final String EXCLUDED = "left_alone";

    private static final GovernedCluster INSTANCE = new GovernedCluster();
    private static final String DATABASE = "governed";
    private static final String OBSERVER = "governed_observer";
    private static final String OPERATOR = "governed_operator";
    private static final String OTHER = "governed_other";
    private static final String PASSWORD = "a-password-of-the-tests";

    private final Connector connector = new PostgresqlConnector();
    private final String url;
    private final JdbcClient superuser;

    private GovernedCluster() {
        SharedPostgres postgres = SharedPostgres.instance();
        JdbcClient server = client(postgres.jdbcUrl("postgres"));
        server.sql("CREATE DATABASE " + DATABASE).update();
        url = postgres.jdbcUrl(DATABASE);
        superuser = client(url);
        for (String role : List.of(OBSERVER, OPERATOR, OTHER)) {
            superuser
                    .sql("CREATE ROLE " + role + " LOGIN CREATEROLE PASSWORD '" + PASSWORD + "'")
                    .update();
        }
        superuser.sql("ALTER ROLE " + OBSERVER + " NOCREATEROLE").update();
        superuser.sql("CREATE ROLE " + EXCLUDED).update();
        superuser
                .sql("CREATE TABLE person (role_name text PRIMARY KEY, display_name text, email text)")
                .update();
        superuser.sql("GRANT SELECT ON person TO PUBLIC").update();
    }

    static GovernedCluster instance() {
        return INSTANCE;
    }

    @Override
    public Connector connector() {
        return connector;
    }

    @Override
    public Settings settings() {
        URI address = URI.create(url.substring("jdbc:".length()));
        return new Settings(Json.object(
                "host", address.getHost(),
                "port", address.getPort(),
                "database", DATABASE,
                "personTable", "person",
                "excludedRoles", List.of("postgres", EXCLUDED, OBSERVER, OPERATOR, OTHER)));
    }

    @Override
    public Settings settingsOfASystemThatIsDown() {
        return new Settings(settings().json().with("port", 1));
    }

    @Override
    public Secret observe() {
        return secret(OBSERVER, PASSWORD);
    }

    @Override
    public Secret execute() {
        return secret(OPERATOR, PASSWORD);
    }

    @Override
    public Secret wrong() {
        return secret(OBSERVER, "not-the-password");
    }

    Secret superuser() {
        return secret("postgres", SharedPostgres.instance().superuserPassword());
    }

    @Override
    public String account(String name) {
        run("CREATE ROLE %I LOGIN PASSWORD %L", name, PASSWORD);
        run("GRANT %I TO " + OPERATOR + " WITH ADMIN OPTION", name, "");
        return name;
    }

    @Override
    public EntitlementRef entitlement(String name) {
        run("CREATE ROLE %I", name, "");
        run("GRANT %I TO " + OPERATOR + " WITH ADMIN OPTION", name, "");
        return new EntitlementRef("role", name);
    }

    @Override
    public String unknownAccount() {
        return "nobody_at_all";
    }

    @Override
    public EntitlementRef unknownEntitlement() {
        return new EntitlementRef("role", "nothing_at_all");
    }

    @Override
    public boolean holds(String account, EntitlementRef entitlement) {
        return superuser
                .sql("""
                        SELECT EXISTS (SELECT FROM pg_auth_members
                                       WHERE pg_get_userbyid(member) = :account AND pg_get_userbyid(roleid) = :role)
                        """)
                .param("account", account)
                .param("role", entitlement.nativeId())
                .query((row, _) -> row.getBoolean(1))
                .single();
    }

    @Override
    public boolean letsIn(String account) {
        try (Connection connection = DriverManager.getConnection(url, account, PASSWORD)) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    void person(String role, String displayName, String email) {
        superuser
                .sql("INSERT INTO person VALUES (?, ?, ?)")
                .params(role, displayName, email)
                .update();
    }

    void comment(String role, String comment) {
        run("COMMENT ON ROLE %I IS %L", role, comment);
    }

    String comment(String role) {
        return superuser
                .sql("SELECT shobj_description(oid, 'pg_authid') FROM pg_roles WHERE rolname = ?")
                .param(role)
                .query((row, _) -> text(row.getString(1)))
                .single();
    }

    /** A second grant of the same membership, by somebody else. */
    void grantAsAnother(String role, String account) {
        run("GRANT %I TO " + OTHER + " WITH ADMIN OPTION", role, "");
        run("GRANT %I TO %I GRANTED BY " + OTHER, role, account);
    }

    private void run(String format, String name, String value) {
        String statement = superuser
                .sql("SELECT format(:format, :name, :value)")
                .param("format", format)
                .param("name", name)
                .param("value", value)
                .query((row, _) -> text(row.getString(1)))
                .single();
        try (Connection connection = DriverManager.getConnection(
                        url, "postgres", SharedPostgres.instance().superuserPassword());
                var running = connection.createStatement()) {
            running.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    private static String text(@Nullable String value) {
        return requireNonNull(value);
    }

    private static Secret secret(String username, String password) {
        return Secret.of(Map.of("username", username, "password", password));
    }

    private static JdbcClient client(String url) {
        return JdbcClient.create(new DriverManagerDataSource(
                url, "postgres", SharedPostgres.instance().superuserPassword()));
    }
}
