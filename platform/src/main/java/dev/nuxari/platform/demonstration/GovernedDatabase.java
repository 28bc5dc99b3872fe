package dev.nuxari.platform.demonstration;

import dev.nuxari.kernel.Json;
import dev.nuxari.platform.PlatformFailure;
import dev.nuxari.platform.Postgres;
import dev.nuxari.platform.Secrets;
import dev.nuxari.platform.demonstration.Content.Assignment;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A database cluster whose roles are governed. People are roles that may log in, with their names in the table
 * {@code person} of the database {@code crm}; entitlements are roles that may not, with a comment.
 *
 * <p>The operator is no superuser: it has CREATEROLE and the ADMIN option on the governed roles. Every membership is granted
 * by it, because in PostgreSQL a membership can only be ended by who granted it, or by a superuser.
 */
final class GovernedDatabase {
    static final String DATABASE = "crm";
    private static final String OBSERVER = "nuxari_observer";
    private static final String OPERATOR = "nuxari_operator";

    private final Content content;
    private final Secrets secrets;

    GovernedDatabase(Content content, Secrets secrets) {
        this.content = content;
        this.secrets = secrets;
    }

    /** Fills the cluster unless it is filled. */
    void seed(Postgres postgres) {
        try {
            createDatabase(postgres);
            try (Connection connection = postgres.connect(DATABASE)) {
                connection.setAutoCommit(false);
                try (Statement statement = connection.createStatement()) {
                    if (!isSeeded(statement)) {
                        statement.execute("SET LOCAL log_min_error_statement = panic");
                        createServiceRoles(statement);
                        createEntitlements(statement);
                        createPeople(statement);
                        fillPersonTable(connection);
                        assign(statement);
                    }
                }
                connection.commit();
            }
        } catch (SQLException e) {
            throw new PlatformFailure("Cannot fill the governed database: " + e.getMessage(), e);
        }
    }

    /** How a connector reaches it. */
    Json.Obj connection(int port) {
        return Json.object(
                "kind",
                "postgresql",
                "name",
                "Operations database",
                "settings",
                Json.object(
                        "host",
                        Postgres.HOST,
                        "port",
                        port,
                        "database",
                        DATABASE,
                        "sslMode",
                        "disable",
                        "personTable",
                        "public.person",
                        "excludedRoles",
                        List.of(Postgres.SUPERUSER, OBSERVER, OPERATOR)),
                "credentials",
                Json.object("observe", credential(OBSERVER), "execute", credential(OPERATOR)));
    }

    private Json.Obj credential(String role) {
        return Json.object("username", role, "password", secret(role));
    }

    private String secret(String role) {
        return secrets.password("governed-" + content.population().slug() + "-" + role);
    }

    private static void createDatabase(Postgres postgres) throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
            if (!found.next()) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        }
    }

    private static boolean isSeeded(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT to_regclass('public.person') IS NOT NULL")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private void createServiceRoles(Statement statement) throws SQLException {
        statement.execute("CREATE ROLE " + OBSERVER + " LOGIN PASSWORD '" + secret(OBSERVER) + "'");
        statement.execute("CREATE ROLE " + OPERATOR + " LOGIN CREATEROLE PASSWORD '" + secret(OPERATOR) + "'");
    }

    private void createEntitlements(Statement statement) throws SQLException {
        for (Entitlement entitlement : content.catalogue().entitlements()) {
            String role = quoted(entitlement.name());
            statement.addBatch("CREATE ROLE " + role + " NOLOGIN");
            statement.addBatch("COMMENT ON ROLE " + role + " IS '" + entitlement.description() + "'");
            statement.addBatch(administered(role));
        }
        statement.executeBatch();
    }

    private void createPeople(Statement statement) throws SQLException {
        for (Person person : content.population().people()) {
            String role = quoted(person.roleName());
            statement.addBatch("CREATE ROLE " + role + " LOGIN");
            statement.addBatch(administered(role));
        }
        statement.executeBatch();
    }

    private static String administered(String role) {
        return "GRANT " + role + " TO " + OPERATOR + " WITH ADMIN TRUE, INHERIT FALSE, SET FALSE";
    }

    private void fillPersonTable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE person (role_name text PRIMARY KEY, email text NOT NULL UNIQUE,"
                    + " display_name text NOT NULL)");
            statement.execute("GRANT SELECT ON person TO " + OBSERVER + ", " + OPERATOR);
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO person (role_name, email, display_name) VALUES (?, ?, ?)")) {
            for (Person person : content.population().people()) {
                insert.setString(1, person.roleName());
                insert.setString(2, person.email());
                insert.setString(3, person.name());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void assign(Statement statement) throws SQLException {
        for (Entitlement entitlement : content.catalogue().entitlements()) {
            Set<Person> people = content.holders().getOrDefault(entitlement, Set.of());
            if (!people.isEmpty()) {
                String members =
                        people.stream().map(person -> quoted(person.roleName())).collect(Collectors.joining(", "));
                statement.addBatch(
                        "GRANT " + quoted(entitlement.name()) + " TO " + members + " GRANTED BY " + OPERATOR);
            }
        }
        statement.executeBatch();
    }

    /** Makes the drift happen, as the operator; what has happened already stays. */
    static void drift(Content content, int port, String password) {
        String url = "jdbc:postgresql://" + Postgres.HOST + ":" + port + "/" + DATABASE;
        try (Connection connection = DriverManager.getConnection(url, OPERATOR, password);
                Statement statement = connection.createStatement()) {
            for (Assignment granted : content.drift().granted()) {
                statement.execute("GRANT " + quoted(granted.entitlement().name()) + " TO "
                        + quoted(granted.person().roleName()));
            }
            for (Assignment removed : content.drift().removed()) {
                statement.execute("REVOKE " + quoted(removed.entitlement().name()) + " FROM "
                        + quoted(removed.person().roleName()));
            }
        } catch (SQLException e) {
            throw new PlatformFailure("The governed database refuses the drift: " + e.getMessage(), e);
        }
    }

    /** Names come from our own lists; quoting them keeps reserved words from meaning something. */
    private static String quoted(String name) {
        return '"' + name + '"';
    }
}
