package dev.nuxari.server.fairness;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static java.util.Objects.requireNonNull;

import dev.nuxari.kernel.Role;
import dev.nuxari.server.testing.TestDatabase;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An organization with one entitlement, whose row somebody holds locked: requests that change it stay in the database as long
 * as the test wants, and each keeps a connection.
 */
final class BusyOrganization implements AutoCloseable {
    private final TestOrganization organization = TestOrganization.fresh();
    private final UUID connector = UUID.randomUUID();
    private final UUID entitlement = UUID.randomUUID();
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final TestHttp http;
    private final Connection lock;

    BusyOrganization(TestHttp http) {
        this.http = http;
        UUID id = organization.id().value();
        beyondTheWalls().sql("""
                        INSERT INTO connector (organization_id, connector_id, kind, name, settings, created_at)
                        VALUES (?, ?, 'ldap', 'directory', '{}', now())
                        """).params(id, connector).update();
        beyondTheWalls()
                .sql("INSERT INTO book (organization_id, connector_id) VALUES (?, ?)")
                .params(id, connector)
                .update();
        beyondTheWalls().sql("""
                        INSERT INTO entitlement (organization_id, entitlement_id, connector_id, kind, native_id, name,
                                                 description, risk)
                        VALUES (?, ?, ?, 'group', 'wiki', 'wiki', '', 'low')
                        """).params(id, entitlement, connector).update();
        try {
            lock = TestDatabase.as("postgres").getConnection();
            lock.setAutoCommit(false);
            try (PreparedStatement statement =
                    lock.prepareStatement("SELECT FROM entitlement WHERE entitlement_id = ? FOR UPDATE")) {
                statement.setObject(1, entitlement);
                statement.execute();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    TestOrganization organization() {
        return organization;
    }

    /** So many requests at the same time, which get stuck. */
    List<CompletableFuture<Answer>> ask(int requests) {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            answers.add(CompletableFuture.supplyAsync(this::change, clients));
        }
        return answers;
    }

    private Answer change() {
        return http.as(organization.member(Role.OWNER))
                .with("If-Match", "\"1\"")
                .patch("/entitlements/" + entitlement, "{'risk':'high'}");
    }

    /** How many of its requests keep a connection: they wait for the row. */
    int stuck() {
        return requireNonNull(
                beyondTheWalls().sql("""
                        SELECT count(*)
                        FROM pg_stat_activity
                        WHERE usename = 'nuxari_app' AND wait_event_type = 'Lock'
                        """).query((row, _) -> row.getInt(1)).single());
    }

    void letGo() {
        try {
            lock.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        letGo();
        try {
            lock.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        clients.close();
    }
}
