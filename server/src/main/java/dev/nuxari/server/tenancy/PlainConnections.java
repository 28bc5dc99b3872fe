package dev.nuxari.server.tenancy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The server's connections, which send {@link PlainSql} and nothing else.
 *
 * <p>A pooled connection serves one organization after the other, and PostgreSQL lets a session keep much between two
 * transactions. Worst are prepared statements: who replaces the one that the driver made for a door is handed the next
 * caller's ticket. Refusing what could leave something behind costs less than sweeping after every transaction.
 */
final class PlainConnections extends DelegatingDataSource {
    private static final Set<String> WITHOUT_TEXT = Set.of("createStatement", "prepareCall", "nativeSQL");

    PlainConnections(DataSource pool) {
        super(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return plain(super.getConnection());
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return plain(super.getConnection(username, password));
    }

    private static Connection plain(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                PlainConnections.class.getClassLoader(), new Class<?>[] {Connection.class}, new Plain(connection));
    }

    private record Plain(Connection connection) implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            if (WITHOUT_TEXT.contains(method.getName())) {
                throw new IllegalArgumentException("the server's connections send prepared statements only");
            }
            if (method.getName().equals("prepareStatement") && arguments != null) {
                PlainSql.require(ReadMessage.statementIn(String.valueOf(arguments[0])));
            }
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }
}
