package dev.nuxari.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.platform.StackFile;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.tenancy.Origin;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The same indexed read of 50 rows three times: as plain JDBC by a role that no policy binds; through scope, guard, door and
 * row-level security in the same JVM; and over HTTP with all layers on.
 */
final class WhatDoesIsolationCost implements Question {
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration COUNTED = Duration.ofSeconds(10);
    private static final int CLIENTS = 16;
    private static final String COLUMNS = """
            SELECT account_id, connector_id, native_id, display_name, email, state
            FROM account
            """;
    private static final String REST = " ORDER BY display_name, account_id LIMIT 50";

    @Override
    public String name() {
        return "isolation";
    }

    @Override
    public Json.Obj answer(Ground ground) {
        var organization =
                new OrganizationId(UUID.fromString(ground.organization().string("id")));
        Client client = ground.as("admin");
        try (HikariDataSource bare = pool(ground.file());
                ConfigurableApplicationContext layers = Layers.on(ground.file(), ground.data(), CLIENTS)) {
            JdbcClient plain = JdbcClient.create(bare);
            Caller caller = layers.getBean(Doorkeeper.class)
                    .admitMember(organization, administrator(plain, organization), Origin.SERVER, 0)
                    .orElseThrow()
                    .caller();
            OrganizationScope scope = layers.getBean(OrganizationScope.class);
            OrganizationJdbc scoped = layers.getBean(OrganizationJdbc.class);
            Json.Obj bareJdbc = measured(() -> readPlainly(plain, organization));
            Json.Obj throughScope = measured(() -> scope.reading(organization, caller, () -> read(scoped)));
            Json.Obj overHttp = measured(() -> client.load("/accounts?limit=50"));
            return Json.object(
                    "bareJdbc",
                    bareJdbc,
                    "throughScope",
                    throughScope,
                    "overHttp",
                    overHttp,
                    "scopeToBare",
                    ratio(bareJdbc, throughScope),
                    "httpToBare",
                    ratio(bareJdbc, overHttp));
        }
    }

    private static Json.Obj measured(Runnable read) {
        return Load.of(CLIENTS, WARM_UP, COUNTED, Load.timed(read));
    }

    /** How many times as long one read takes. */
    private static double ratio(Json.Obj plain, Json.Obj other) {
        return Load.rounded(plain.number("perSecond") / other.number("perSecond"));
    }

    private static List<Row> readPlainly(JdbcClient jdbc, OrganizationId organization) {
        return jdbc.sql(COLUMNS + "WHERE organization_id = :organizationId" + REST)
                .param("organizationId", organization.value())
                .query((row, _) -> Row.of(row))
                .list();
    }

    private static List<Row> read(OrganizationJdbc jdbc) {
        return jdbc.sql(COLUMNS + "WHERE organization_id = :organizationId" + REST)
                .list((row, _) -> Row.of(row));
    }

    /** An account as both read it. */
    private record Row(UUID id, UUID connector, String nativeId, String name, String email, String state) {
        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    row.getObject("account_id", UUID.class),
                    row.getObject("connector_id", UUID.class),
                    row.getString("native_id"),
                    row.getString("display_name"),
                    row.getString("email"),
                    row.getString("state"));
        }
    }

    private static HikariDataSource pool(StackFile stack) {
        Json.Obj postgres = stack.content().object("postgres");
        var pool = new HikariConfig();
        pool.setJdbcUrl(Layers.url(stack));
        pool.setUsername("postgres");
        pool.setPassword(postgres.string("superuserPassword"));
        pool.setMaximumPoolSize(CLIENTS);
        return new HikariDataSource(pool);
    }

    private static String administrator(JdbcClient jdbc, OrganizationId organization) {
        return jdbc.sql("SELECT subject FROM member WHERE organization_id = ? AND role = 'admin' LIMIT 1")
                .param(organization.value())
                .query(String.class)
                .single();
    }
}
