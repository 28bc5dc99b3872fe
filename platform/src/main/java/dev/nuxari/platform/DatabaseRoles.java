package dev.nuxari.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/**
 * The database roles of the product and their two databases. The owner runs the migrations; none of the others owns
 * anything, may bypass a policy or make a role.
 */
public final class DatabaseRoles {
    public static final String OWNER = "nuxari_owner";
    public static final String APPLICATION = "nuxari_app";
    public static final String TIMER = "nuxari_timer";
    public static final String PROVISIONER = "nuxari_provisioner";
    public static final String KEYCLOAK = "keycloak";

    /** The database of the product. */
    public static final String DATABASE = "nuxari";

    /** The database of the identity broker. */
    public static final String KEYCLOAK_DATABASE = "keycloak";

    private static final List<String> ROLES = List.of(OWNER, APPLICATION, TIMER, PROVISIONER, KEYCLOAK);
    private static final Map<String, String> OWNERS = Map.of(DATABASE, OWNER, KEYCLOAK_DATABASE, KEYCLOAK);

    private final Secrets secrets;

    private DatabaseRoles(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Makes what is missing; passwords are kept as {@code <role>.password} in the folder, with mode 600. */
    public static DatabaseRoles ensure(Postgres postgres, Path secretsFolder) {
        DatabaseRoles roles = new DatabaseRoles(new Secrets(secretsFolder));
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            // A failing statement is not to leave a password in the server's log.
            statement.execute("SET log_min_error_statement = panic");
            for (String role : ROLES) {
                roles.ensureRole(connection, role);
            }
            ensureDatabase(connection, DATABASE);
            ensureDatabase(connection, KEYCLOAK_DATABASE);
            statement.execute(
                    "GRANT CONNECT ON DATABASE " + DATABASE + " TO " + APPLICATION + ", " + TIMER + ", " + PROVISIONER);
            statement.execute("REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC");
            buildWalls(postgres, DATABASE);
        } catch (SQLException e) {
            throw PlatformFailure.of("prepare the database roles", e);
        }
        return roles;
    }

    /** Takes from everybody in one database what the server's role must not have; see {@code walls.sql}. */
    public static void buildWalls(Postgres postgres, String database) throws SQLException {
        try (InputStream walls = requireNonNull(DatabaseRoles.class.getResourceAsStream("walls.sql"));
                Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(new String(walls.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw PlatformFailure.of("read walls.sql", e);
        }
    }

    /** The password of one of the roles. */
    public String password(String role) {
        if (!ROLES.contains(role)) {
            throw new IllegalArgumentException("no such role: " + role);
        }
        return secrets.password(role);
    }

    private void ensureRole(Connection connection, String role) throws SQLException {
        boolean exists = exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role);
        if (exists && secrets.hasPassword(role)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            if (!exists) {
                statement.execute(
                        "CREATE ROLE " + role + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION");
            }
            statement.execute("ALTER ROLE " + role + " PASSWORD '" + secrets.password(role) + "'");
        }
    }

    private static void ensureDatabase(Connection connection, String database) throws SQLException {
        if (exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", database)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database + " OWNER " + OWNERS.get(database));
            statement.execute("REVOKE ALL ON DATABASE " + database + " FROM PUBLIC");
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }
}
