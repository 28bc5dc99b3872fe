package dev.nuxari.server.workflow;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestOrganization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A backlog of one organization does not hold up the next timer of another. */
@ServerTest
class TimerSharesTest {
    private static final int BACKLOG = 1_000;
    private static final int SHARE = 8;

    @Autowired
    TestHttp http;

    private OrganizationId busy = TestOrganization.fresh().id();
    private OrganizationId quiet = TestOrganization.fresh().id();

    @BeforeEach
    void givenTwoOrganizations() {
        busy = TestOrganization.fresh().id();
        quiet = TestOrganization.fresh().id();
    }

    @Test
    void timerOfAQuietOrganizationDoesNotWaitForABacklogThatIsOlder() {
        due(busy, BACKLOG, "1 hour");
        due(quiet, 1, "0");

        until("the quiet organization's timer has run", () -> left(quiet) == 0);

        assertThat(left(busy)).isGreaterThan(BACKLOG / 2);
        until("the backlog is worked off", () -> left(busy) == 0);
    }

    @Test
    void timerOfAQuietOrganizationDoesNotWaitForThoseWhoHaveTheirShareInWork() {
        List<OrganizationId> many = IntStream.range(0, 8)
                .mapToObj(_ -> TestOrganization.fresh().id())
                .toList();
        many.forEach(each -> due(each, BACKLOG / 8, "1 hour"));
        due(quiet, 1, "0");

        until("the quiet organization's timer has run", () -> left(quiet) == 0);

        assertThat(many.stream().mapToInt(TimerSharesTest::left).sum()).isGreaterThan(BACKLOG / 2);
        until("the backlog is worked off", () -> many.stream().allMatch(each -> left(each) == 0));
    }

    @Test
    void systemsThatDoNotAnswerHoldUpOnlyTheirOwnOrganization() throws IOException {
        TestOrganization hanging = TestOrganization.fresh();
        try (SilentSystem system = new SilentSystem()) {
            List<String> connectors = IntStream.range(0, 2 * SHARE)
                    .mapToObj(number -> connect(hanging, number, system.port()))
                    .toList();
            system.answersNoMore();
            connectors.forEach(connector ->
                    http.as(hanging.member(Role.ADMIN)).post("/connectors/" + connector + "/observations", "{}"));
            until("the share is used up", () -> running(hanging.id()) == SHARE);

            due(quiet, 20, "0");
            until("the quiet organization's timers have run", () -> left(quiet) == 0);

            assertThat(running(hanging.id())).isEqualTo(SHARE);
            assertThat(left(hanging.id())).isEqualTo(2 * SHARE);
        }
        until("the systems that are gone are given up", () -> left(hanging.id()) == 0);
    }

    /** Timers for approvals that do not exist: they look once and are done. */
    private static void due(OrganizationId organization, int timers, String ago) {
        beyondTheWalls()
                .sql("""
                        INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                        SELECT ?, ? || '/' || gen_random_uuid(), now() - CAST(? AS interval), false, 1
                        FROM generate_series(1, ?)
                        """)
                .params(ApprovalExpiry.KIND, organization.toString(), ago, timers)
                .update();
    }

    private String connect(TestOrganization organization, int number, int port) {
        TestHttp.Session admin = http.as(organization.member(Role.ADMIN));
        Json.Obj registration = Json.object(
                "kind",
                "ldap",
                "name",
                "Directory " + number,
                "settings",
                Json.object(
                        "host", "localhost",
                        "port", port,
                        "peopleBase", "ou=people,dc=example,dc=org",
                        "groupsBase", "ou=groups,dc=example,dc=org"),
                "credentials",
                Json.object("observe", Json.object("bindDn", "cn=observer", "password", UUID.randomUUID() + "")));
        return admin.post("/connectors", registration.canonical()).json().string("id");
    }

    /** Hangs up on whoever comes, and later lets them wait. */
    private static final class SilentSystem implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private volatile boolean silent;

        SilentSystem() throws IOException {
            Thread.ofVirtual().start(this::hangUp);
        }

        int port() {
            return socket.getLocalPort();
        }

        void answersNoMore() {
            silent = true;
        }

        private void hangUp() {
            List<Socket> kept = new ArrayList<>();
            try {
                while (true) {
                    Socket came = socket.accept();
                    kept.add(came);
                    if (!silent) {
                        came.close();
                    }
                }
            } catch (IOException _) {
                kept.forEach(SilentSystem::close);
            }
        }

        private static void close(Socket one) {
            try {
                one.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static int left(OrganizationId organization) {
        return count("task_instance LIKE ?", organization);
    }

    private static int running(OrganizationId organization) {
        return count("picked AND task_instance LIKE ?", organization);
    }

    /** Without the watch over the log, which every organization has. */
    private static int count(String condition, OrganizationId organization) {
        return requireNonNull(beyondTheWalls()
                .sql("SELECT count(*) FROM scheduled_tasks WHERE task_name <> 'log-watch' AND " + condition)
                .param(organization + "/%")
                .query((row, _) -> row.getInt(1))
                .single());
    }

    private static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
    }
}
