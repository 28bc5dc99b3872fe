package dev.nuxari.e2e;

import dev.nuxari.cli.api.Fields;
import dev.nuxari.kernel.Json;
import dev.nuxari.platform.DatabaseRoles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Ways into the product's database that no front door offers. */
final class Superuser {
    private Superuser() {}

    /** As whoever operates the cluster: for what cannot be brought about otherwise, and for looking afterwards. */
    static Connection connect() throws SQLException {
        Json.Obj stack = Composed.stack().file();
        return DriverManager.getConnection(url(stack), "postgres", Fields.text(stack, "postgres.superuserPassword"));
    }

    /** As the server itself, with the password it uses. */
    static Connection asServer() throws SQLException {
        Path password = Composed.DATA.resolve("secrets").resolve(DatabaseRoles.APPLICATION + ".password");
        try {
            return DriverManager.getConnection(
                    url(Composed.stack().file()),
                    DatabaseRoles.APPLICATION,
                    Files.readString(password).strip());
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + password, e);
        }
    }

    /** As an intruder who has got hold of the server's connection in the middle of a transaction of a member. */
    static Connection insideScopeOf(String organization, String member) throws SQLException {
        Connection connection = connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT open_scope('%s', 'member:%s')".formatted(organization, member));
            statement.execute("SET LOCAL ROLE " + DatabaseRoles.APPLICATION);
        }
        return connection;
    }

    static List<String> column(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(String.valueOf(rows.getString(1)));
            }
            return values;
        }
    }

    static long number(Connection connection, String sql) throws SQLException {
        return Long.parseLong(column(connection, sql).getFirst());
    }

    private static String url(Json.Obj stack) {
        return "jdbc:postgresql://" + Fields.text(stack, "postgres.host") + ":" + Fields.text(stack, "postgres.port")
                + "/" + DatabaseRoles.DATABASE;
    }
}
