package dev.nuxari.server.connectors.postgresql;

import dev.nuxari.server.connectors.ConnectorFailure;
import dev.nuxari.server.connectors.postgresql.Role.Person;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * One transaction on a governed cluster. Every failure leaves it as a {@link ConnectorFailure}.
 *
 * <p>Names reach a statement as parameters only; statements that cannot take parameters are written by the server's own
 * {@code format} with {@code %I} and {@code %L}.
 */
final class ClusterSession implements AutoCloseable {
    private static final String CONNECT_SECONDS = "2";
    private static final String ANSWER_SECONDS = "10";

    private final PostgresqlSettings settings;
    private final Connection connection;

    private ClusterSession(PostgresqlSettings settings, Connection connection) {
        this.settings = settings;
        this.connection = connection;
    }

    static ClusterSession open(PostgresqlSettings settings, String username, String password) {
        var properties = new Properties();
        properties.setProperty("user", username);
        properties.setProperty("password", password);
        properties.setProperty("sslmode", settings.sslMode());
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("loginTimeout", ANSWER_SECONDS);
        properties.setProperty("socketTimeout", ANSWER_SECONDS);
        properties.setProperty("ApplicationName", "nuxari");
        try {
            Connection connection = DriverManager.getConnection(settings.url(), properties);
            connection.setAutoCommit(false);
            return new ClusterSession(settings, connection);
        } catch (SQLException e) {
            throw failure(settings, e);
        }
    }

    List<Role> roles() {
        Map<String, Person> people = people();
        return rows(
                "SELECT rolname, rolcanlogin, shobj_description(oid, 'pg_authid') FROM pg_roles ORDER BY rolname",
                row -> role(row, people));
    }

    /** A role by its exact name; a longer name than PostgreSQL has is no role, and not one cut short. */
    Optional<Role> role(String name) {
        Map<String, Person> people = people(name);
        return rows("""
                        SELECT rolname, rolcanlogin, shobj_description(oid, 'pg_authid')
                        FROM pg_roles
                        WHERE rolname::text = ?
                        """, row -> role(row, people), name).stream().findFirst();
    }

    /** A member and the role it is a member of. */
    record Membership(String member, String role) {}

    List<Membership> memberships() {
        return rows("""
                SELECT DISTINCT member.rolname, held.rolname
                FROM pg_auth_members
                JOIN pg_roles AS member ON member.oid = pg_auth_members.member
                JOIN pg_roles AS held ON held.oid = pg_auth_members.roleid
                ORDER BY 1, 2
                """, row -> new Membership(row.getString(1), row.getString(2)));
    }

    /** Who granted a membership: each of them has to be named to end it. */
    List<String> grantors(String member, String held) {
        return rows("""
                SELECT pg_get_userbyid(grantor)
                FROM pg_auth_members
                JOIN pg_roles AS member ON member.oid = pg_auth_members.member AND member.rolname::text = ?
                JOIN pg_roles AS held ON held.oid = pg_auth_members.roleid AND held.rolname::text = ?
                """, row -> row.getString(1), member, held);
    }

    void grant(String role, String member) {
        run("SELECT format('GRANT %I TO %I', ?::text, ?::text)", role, member);
    }

    void revoke(String role, String member, String grantor) {
        run("SELECT format('REVOKE %I FROM %I GRANTED BY %I', ?::text, ?::text, ?::text)", role, member, grantor);
    }

    void disable(Role role) {
        run("SELECT format('ALTER ROLE %I NOLOGIN', ?::text)", role.name());
        run("SELECT format('COMMENT ON ROLE %I IS %L', ?::text, ?::text)", role.name(), role.commentWhenDisabled());
    }

    void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw failure(settings, e);
        }
    }

    /** Rolls back what was not committed. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure(settings, e);
        }
    }

    private Map<String, Person> people() {
        return settings.personTable()
                .map(table -> people(rows(
                        "SELECT role_name, coalesce(display_name, role_name), email FROM " + quoted(table),
                        ClusterSession::named)))
                .orElseGet(Map::of);
    }

    private Map<String, Person> people(String role) {
        return settings.personTable()
                .map(table -> people(rows(
                        "SELECT role_name, coalesce(display_name, role_name), email FROM " + quoted(table)
                                + " WHERE role_name = ?",
                        ClusterSession::named,
                        role)))
                .orElseGet(Map::of);
    }

    private record Named(String role, Person person) {}

    private static Named named(ResultSet row) throws SQLException {
        return new Named(row.getString(1), new Person(row.getString(2), row.getString(3)));
    }

    private static Map<String, Person> people(List<Named> rows) {
        return rows.stream().collect(Collectors.toMap(Named::role, Named::person, (first, _) -> first));
    }

    /** The table's name as the server itself quotes it. */
    private String quoted(String table) {
        return rows("SELECT to_regclass(?)::text", row -> Optional.ofNullable(row.getString(1)), table).stream()
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> ConnectorFailure.misconfigured(
                        "the setting personTable names no table that the observing role can see"));
    }

    private static Role role(ResultSet row, Map<String, Person> people) throws SQLException {
        String name = row.getString(1);
        return new Role(name, row.getBoolean(2), row.getString(3), Optional.ofNullable(people.get(name)));
    }

    /** Lets the server write a statement, and runs it. */
    private void run(String format, String... names) {
        String statement = rows(format, row -> row.getString(1), names).getFirst();
        try (Statement running = connection.createStatement()) {
            running.execute(statement);
        } catch (SQLException e) {
            throw failure(settings, e);
        }
    }

    private interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    private <T> List<T> rows(String sql, Mapper<T> mapper, String... parameters) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            List<T> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(mapper.map(row));
                }
            }
            return found;
        } catch (SQLException e) {
            throw failure(settings, e);
        }
    }

    /** The classes of Appendix A of the PostgreSQL documentation. Messages of the server are not passed on. */
    private static ConnectorFailure failure(PostgresqlSettings settings, SQLException e) {
        String state = Optional.ofNullable(e.getSQLState()).orElse("");
        String where = "the database " + settings.address();
        return switch (state) {
            case "28P01", "28000" ->
                ConnectorFailure.refused(where + " refused the credential (SQLSTATE " + state + ")", e);
            case "42501" ->
                ConnectorFailure.refused(
                        where + " did not permit it: the credential needs the ADMIN option on the role", e);
            case "3D000" -> ConnectorFailure.misconfigured(where + " does not exist");
            case "2BP01" ->
                ConnectorFailure.misconfigured("others hold the role through this account; revoke theirs first");
            case "42704", "42P01", "42703", "42602", "0LP01", "22023", "22021" ->
                ConnectorFailure.misconfigured(where + " is set up differently (SQLSTATE " + state + ")");
            default -> ConnectorFailure.unavailable(where + " is not available (SQLSTATE " + state + ")", e);
        };
    }
}
