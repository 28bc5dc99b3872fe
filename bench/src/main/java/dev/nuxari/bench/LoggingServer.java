package dev.nuxari.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.platform.DatabaseRoles;
import dev.nuxari.platform.Postgres;
import dev.nuxari.platform.PostgresOptions;
import dev.nuxari.platform.Secrets;
import dev.nuxari.server.audit.AuditAction;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.redaction.Redacted;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/**
 * A database with the product's settings and nothing else in it, and the server's way to its logs in this JVM. What was written
 * is gone afterwards: it may be gigabytes.
 */
final class LoggingServer implements AutoCloseable {
    private static final String WORKLOAD = "bench";

    private final Path folder;
    private final Postgres postgres;
    private final HikariDataSource superusers;
    private final ConfigurableApplicationContext layers;
    private final Doorkeeper doorkeeper;
    private final OrganizationScope scope;
    private final AuditLog log;
    private final Redacted change = redacted("high");
    private final Redacted former = redacted("medium");

    private enum Action implements AuditAction {
        ENTITLEMENT_CHANGE
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Layers.class)
    @ComponentScan(
            basePackageClasses = AuditLog.class,
            useDefaultFilters = false,
            includeFilters = @Filter(type = FilterType.REGEX, pattern = ".*\\.Audit(Log|Store)"))
    static class Logging {}

    private LoggingServer(Path folder, int connections) {
        this.folder = folder;
        this.postgres = Postgres.start(folder.resolve("postgres"), PostgresOptions.main());
        Path secrets = folder.resolve("secrets");
        DatabaseRoles roles = DatabaseRoles.ensure(postgres, secrets);
        new Secrets(secrets).key("door");
        this.layers = new SpringApplicationBuilder(Logging.class)
                .web(WebApplicationType.NONE)
                .properties(Map.of(
                        "spring.datasource.url", postgres.jdbcUrl(DatabaseRoles.DATABASE),
                        "spring.datasource.username", DatabaseRoles.APPLICATION,
                        "spring.datasource.password", roles.password(DatabaseRoles.APPLICATION),
                        "spring.datasource.hikari.maximum-pool-size", connections,
                        "spring.flyway.user", DatabaseRoles.OWNER,
                        "spring.flyway.password", roles.password(DatabaseRoles.OWNER),
                        "nuxari.tenancy.door-key-file", secrets.resolve("door.key")))
                .run();
        this.superusers = pool(postgres, connections);
        this.doorkeeper = layers.getBean(Doorkeeper.class);
        this.scope = layers.getBean(OrganizationScope.class);
        this.log = layers.getBean(AuditLog.class);
    }

    static LoggingServer in(Path folder, int connections) {
        return new LoggingServer(folder, connections);
    }

    /** The database as a superuser, whom no policy binds. */
    JdbcClient superuser() {
        return JdbcClient.create(superusers);
    }

    List<OrganizationId> organizations(int count) {
        return IntStream.range(0, count).mapToObj(_ -> organization()).toList();
    }

    private OrganizationId organization() {
        UUID id = UUID.randomUUID();
        superuser()
                .sql("INSERT INTO organization (organization_id, slug, name) VALUES (?, ?, ?)")
                .params(id, "b-" + id.toString().substring(0, 8), "Measured")
                .update();
        return new OrganizationId(id);
    }

    /** An action that leaves so many events, and does nothing else. */
    void append(OrganizationId organization, int events) {
        act(organization, () -> {
            for (int i = 0; i < events; i++) {
                log.append(event());
            }
        });
    }

    /** Something done in a transaction of the organization. */
    void act(OrganizationId organization, Runnable work) {
        scope.run(organization, doorkeeper.admitSystem(organization, WORKLOAD), work);
    }

    /** The server's own connection of the scope that is open. */
    JdbcClient inScope() {
        return layers.getBean(JdbcClient.class);
    }

    private AuditEvent event() {
        return AuditEvent.of(Action.ENTITLEMENT_CHANGE, new AuditEvent.Target("entitlement", UUID.randomUUID()))
                .requestId(UUID.randomUUID())
                .change(former, change);
    }

    private static Redacted redacted(String risk) {
        return new Redactor(() -> new byte[32])
                .redact(Json.object(
                        "name",
                        "Payments, approve",
                        "risk",
                        risk,
                        "owners",
                        List.of("alice@acme.example"),
                        "version",
                        7));
    }

    private static HikariDataSource pool(Postgres postgres, int connections) {
        var pool = new HikariConfig();
        pool.setJdbcUrl(postgres.jdbcUrl(DatabaseRoles.DATABASE));
        pool.setUsername(Postgres.SUPERUSER);
        pool.setPassword(postgres.superuserPassword());
        pool.setMaximumPoolSize(connections);
        pool.setMinimumIdle(0);
        return new HikariDataSource(pool);
    }

    @Override
    public void close() {
        superusers.close();
        layers.close();
        postgres.close();
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
