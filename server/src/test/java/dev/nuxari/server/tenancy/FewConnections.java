package dev.nuxari.server.tenancy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.testing.TestDatabase;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** A pool of the server's role, so small that everybody meets what the last user of a connection has left behind. */
final class FewConnections implements AutoCloseable {
    private final HikariDataSource pool;
    private final DataSource connections;
    private final JdbcClient unguarded;
    private final OrganizationJdbc jdbc;
    private final OrganizationScope scope;

    private FewConnections(HikariDataSource pool, DataSource connections) {
        this.pool = pool;
        this.connections = connections;
        this.unguarded = JdbcClient.create(connections);
        this.jdbc = new OrganizationJdbc(new NamedParameterJdbcTemplate(connections));
        this.scope = new OrganizationScope(new DataSourceTransactionManager(connections), unguarded, _ -> {});
    }

    /** As the server has them. */
    static FewConnections plain(int size) {
        HikariDataSource pool = pool(size);
        return new FewConnections(pool, new PlainConnections(pool));
    }

    /** Without what keeps the server's connections plain. */
    static FewConnections bare(int size) {
        HikariDataSource pool = pool(size);
        return new FewConnections(pool, pool);
    }

    private static HikariDataSource pool(int size) {
        var config = new HikariConfig();
        config.setPoolName("few connections");
        // The driver gives a statement a name, under which the session keeps it, when it is run for the second time.
        config.setJdbcUrl(TestDatabase.url() + "?prepareThreshold=2");
        config.setUsername("nuxari_app");
        config.setPassword(TestDatabase.password("nuxari_app"));
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }

    JdbcClient unguarded() {
        return unguarded;
    }

    JdbcTemplate template() {
        return new JdbcTemplate(connections);
    }

    OrganizationJdbc jdbc() {
        return jdbc;
    }

    /** A scope whose front doors do not compare the organization with the caller's membership. */
    OrganizationScope withoutMembershipCheck() {
        return new OrganizationScope(new DataSourceTransactionManager(connections), unguarded, _ -> {}, (_, _) -> true);
    }

    <T> T within(OrganizationId organization, Caller caller, Supplier<T> work) {
        return scope.within(organization, caller, work);
    }

    <T> T reading(OrganizationId organization, Caller caller, Supplier<T> work) {
        return scope.reading(organization, caller, work);
    }

    /** Ends the sessions, with all that they have kept; the next scope opens in a new one. */
    void forget() {
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    @Override
    public void close() {
        pool.close();
    }
}
