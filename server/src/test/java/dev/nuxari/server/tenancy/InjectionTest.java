package dev.nuxari.server.tenancy;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestOrganization;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What somebody achieves who has SQL of their own run in an open scope of acme: on the server's connections, which send plain
 * statements only, and on a bare connection of the server's role, where the database stands alone. Of globex nothing is
 * reached, of the keys nothing, and what is evidence stays as it is.
 */
@ServerTest
@Claim({"T4", "A4"})
class InjectionTest {
    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    DataSource serversOwn;

    @Autowired
    OrganizationScope scope;

    @Autowired
    JdbcClient unguarded;

    private TestOrganization acme = TestOrganization.fresh();
    private TestOrganization globex = TestOrganization.fresh();
    private Map<String, String> before = Map.of();

    @BeforeEach
    void rowsOfBoth() {
        acme = TestOrganization.fresh();
        globex = TestOrganization.fresh();
        Smuggled.furnish(acme, "acme-public");
        Smuggled.furnish(globex, Smuggled.MARKER);
        before = Smuggled.state(acme, globex);
    }

    @AfterEach
    void nothingHasChanged() {
        assertThat(Smuggled.state(acme, globex)).isEqualTo(before);
    }

    @Test
    void serversConnectionsArePlain() {
        assertThat(serversOwn).isInstanceOf(PlainConnections.class);
    }

    @Nested
    class OnTheServersConnections {
        @Test
        void whatIsNotPlainIsNotSent() {
            for (String trick : Smuggled.tricks(acme, globex)) {
                assertThatIllegalArgumentException()
                        .as(trick)
                        .isThrownBy(() -> inScope(() -> unguarded.sql(trick).update()));
                assertThatIllegalArgumentException()
                        .as(trick)
                        .isThrownBy(() -> inScope(() -> new JdbcTemplate(serversOwn)
                                .execute((ConnectionCallback<String>) connection -> everythingOf(connection, trick))));
            }
            assertThat(inScope(InjectionTest.this::names)).containsExactly("acme-public");
        }

        @Test
        void plainStatementsFindNothingOfAnother() {
            for (String question : Smuggled.questions(acme, globex)) {
                assertThat(answer(question)).as(question).doesNotContain(Smuggled.MARKER);
            }
            assertThat(inScope(InjectionTest.this::names)).containsExactly("acme-public");
        }

        private String answer(String sql) {
            try {
                return inScope(() -> unguarded.sql(sql).query().listOfRows().toString());
            } catch (RuntimeException e) {
                return messages(e);
            }
        }

        private <T> T inScope(Supplier<T> work) {
            return scope.within(acme.id(), alice(), work);
        }
    }

    @Nested
    class OnABareConnection {
        private FewConnections connections = FewConnections.bare(1);

        @BeforeEach
        void freshConnection() {
            connections.close();
            connections = FewConnections.bare(1);
        }

        @AfterEach
        void noConnection() {
            connections.close();
        }

        @Test
        void theDatabaseAloneGivesNothingOfAnotherAway() {
            for (String question : Smuggled.questions(acme, globex)) {
                assertThat(answer(question)).as(question).doesNotContain(Smuggled.MARKER);
            }
            for (String trick : Smuggled.tricks(acme, globex)) {
                connections.forget();
                assertThat(answer(trick)).as(trick).doesNotContain(Smuggled.MARKER);
            }
        }

        /** It is found where nothing protects it: each question asks for something that is there. */
        @Test
        void beyondTheWallsEachQuestionIsAnswered() {
            for (String question : Smuggled.questions(acme, globex)) {
                assertThat(superusersAnswer(question)).as(question).contains(Smuggled.MARKER);
            }
        }

        private static String superusersAnswer(String sql) {
            try {
                return beyondTheWalls().sql(sql).query().listOfRows().toString();
            } catch (RuntimeException e) {
                return messages(e);
            }
        }

        /** What plain connections are there for: a session keeps prepared statements, whoever has prepared them. */
        @Test
        void withoutPlainConnectionsTheNextUserRunsWhatTheLastLeftBehind() {
            String harmless = "SELECT name FROM connector WHERE organization_id = ?";
            for (int i = 0; i < 3; i++) {
                ask(harmless);
            }
            answer("""
                    DEALLOCATE "%1$s";
                    PREPARE "%1$s"(uuid) AS SELECT 'left behind' AS name FROM connector WHERE organization_id = $1;
                    """.formatted(nameOf(harmless)));

            assertThat(ask(harmless)).contains("left behind");
        }

        /** They run as the owner, whom other policies bind. */
        @Test
        void functionsOfTheOwnerServeTheOpenScopeOnly() {
            for (String call : Smuggled.calls(acme, globex)) {
                assertThat(answer(call))
                        .as(call)
                        .containsPattern("row-level security|is not the next one|belongs to the organization"
                                + "|is not genuine|null value in column");
            }
        }

        @Test
        void sealOfOneTransactionIsOfNoUseInTheNext() {
            String seal = connections.within(
                    acme.id(),
                    alice(),
                    () -> connections
                            .unguarded()
                            .sql("SELECT current_setting('nuxari.scope_seal')")
                            .query((row, _) -> String.valueOf(row.getString(1)))
                            .single());

            assertThat(answer("""
                    SET SESSION nuxari.organization_id = '%s';
                    SET SESSION nuxari.actor = 'member:%s';
                    SET SESSION nuxari.scope_seal = '%s';
                    COMMIT; BEGIN;
                    SELECT name FROM connector
                    """.formatted(acme.id(), acme.member(Role.ADMIN).id(), seal)))
                    .contains("was not opened by its door");
        }

        @Test
        void rowsOfAnotherAreNotLocked() {
            connections.within(acme.id(), alice(), () -> {
                assertThat(connections
                                .unguarded()
                                .sql("SELECT connector_id FROM book FOR UPDATE")
                                .query(UUID.class)
                                .list())
                        .hasSize(1);
                assertThat(beyondTheWalls()
                                .sql("SELECT connector_id FROM book WHERE organization_id = ? FOR UPDATE NOWAIT")
                                .param(globex.id().value())
                                .query(UUID.class)
                                .list())
                        .hasSize(1);
                return acme;
            });
        }

        private String ask(String sql) {
            return connections.within(
                    acme.id(),
                    alice(),
                    () -> connections
                            .unguarded()
                            .sql(sql)
                            .param(acme.id().value())
                            .query(String.class)
                            .list()
                            .toString());
        }

        private String nameOf(String prepared) {
            return connections
                    .unguarded()
                    .sql("SELECT name FROM pg_prepared_statements WHERE statement LIKE ?")
                    .param(prepared.substring(0, prepared.indexOf('?')) + "%")
                    .query((row, _) -> String.valueOf(row.getString(1)))
                    .single();
        }

        /** All rows of all results, and all errors. */
        private String answer(String sql) {
            try {
                return connections.within(
                        acme.id(),
                        alice(),
                        () -> connections.template().execute((ConnectionCallback<String>)
                                connection -> everythingOf(connection, sql)));
            } catch (RuntimeException e) {
                return messages(e);
            }
        }
    }

    @Nested
    class Tickets {
        @Test
        void ticketIsOfNoUseForAnotherOrganizationPersonOrDoor() {
            Ticket own = alice().ticket();

            for (Object[] altered : List.of(
                    new Object[] {globex.id().value(), own.subject(), expiry(own)},
                    new Object[] {acme.id().value(), acme.member(Role.OWNER).subject(), expiry(own)},
                    new Object[] {acme.id().value(), own.subject(), expiry(own) + 1})) {
                List.of("admit_member", "enter_organization")
                        .forEach(door -> assertThatThrownBy(
                                        () -> walk(door, altered[0], altered[1], altered[2], own.mac()))
                                .hasStackTraceContaining("the ticket is not genuine"));
            }
            assertThatThrownBy(() -> walk(
                            "enter_organization_by_share", acme.id().value(), own.subject(), expiry(own), own.mac()))
                    .hasStackTraceContaining("the ticket is not genuine");
            assertThatThrownBy(() -> walk(
                            "enter_organization_as_system", acme.id().value(), own.subject(), expiry(own), own.mac()))
                    .hasStackTraceContaining("the ticket is not genuine");
        }

        @Test
        void ticketEndsAndCannotBeMadeToLast() {
            long past = 1_000;
            TicketKey key = new TicketKey(doorKey());
            Ticket old = key.ticket(Ticket.Door.SYSTEM, acme.id(), "timer", Instant.ofEpochMilli(past));

            assertThatThrownBy(
                            () -> walk("enter_organization_as_system", acme.id().value(), "timer", past, old.mac()))
                    .hasStackTraceContaining("the ticket has expired");
            // The words that are signed are the same: the expiry would have become a part of the name.
            assertThatThrownBy(() ->
                            walk("enter_organization_as_system", acme.id().value(), "timer/" + past, null, old.mac()))
                    .hasStackTraceContaining("the ticket is not genuine");
        }

        @Test
        void ticketIsNowhereToBeRead() {
            Caller alice = alice();
            try (FewConnections connections = FewConnections.plain(1)) {
                String seen = "";
                for (int i = 0; i < 4; i++) {
                    seen = connections.within(
                            acme.id(),
                            alice,
                            () -> List.of(
                                            "SELECT statement FROM pg_prepared_statements",
                                            "SELECT statement FROM pg_cursors",
                                            "SELECT setting FROM pg_settings",
                                            "SELECT current_setting('nuxari.scope_seal')")
                                    .stream()
                                    .map(sql -> connections
                                            .unguarded()
                                            .sql(sql)
                                            .query()
                                            .listOfRows()
                                            .toString())
                                    .collect(Collectors.joining()));
                }

                assertThat(seen)
                        .contains("enter_organization")
                        .doesNotContain(alice.ticket().mac());
            }
        }

        private void walk(String door, Object organization, Object subject, @Nullable Object expires, String mac) {
            unguarded
                    .sql("SELECT * FROM " + door + "(?, ?, CAST(? AS bigint), decode(?, 'hex'))")
                    .param(organization)
                    .param(subject)
                    .param(expires)
                    .param(mac)
                    .query()
                    .listOfRows();
        }

        private static long expiry(Ticket ticket) {
            return ticket.expiresAt().toEpochMilli();
        }

        private byte[] doorKey() {
            byte[] padded = beyondTheWalls()
                    .sql("SELECT inner_key FROM door_key")
                    .query((row, _) -> requireNonNull(row.getBytes(1)))
                    .single();
            byte[] key = new byte[32];
            for (int i = 0; i < key.length; i++) {
                key[i] = (byte) (padded[i] ^ 0x36);
            }
            return key;
        }
    }

    private Caller alice() {
        return acme.caller(doorkeeper, Role.ADMIN);
    }

    private List<String> names() {
        return unguarded
                .sql("SELECT name FROM connector")
                .query((row, _) -> String.valueOf(row.getString(1)))
                .list();
    }

    private static String everythingOf(Connection connection, String sql) throws SQLException {
        var seen = new StringBuilder();
        try (Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(sql);
            while (rows || statement.getUpdateCount() >= 0) {
                if (rows) {
                    addRows(statement.getResultSet(), seen);
                }
                rows = statement.getMoreResults();
            }
        }
        return seen.toString();
    }

    private static void addRows(ResultSet rows, StringBuilder seen) throws SQLException {
        while (rows.next()) {
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                seen.append(rows.getString(column)).append('\n');
            }
        }
    }

    private static String messages(Throwable failure) {
        var seen = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            seen.append(cause.getMessage()).append('\n');
        }
        return seen.toString();
    }
}
