package dev.nuxari.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.cli.api.Fields;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody achieves who writes SQL by hand with the server's own role. */
class HandWrittenSqlTest {
    private static final String OWNED = """
            SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attname = 'organization_id'
              AND NOT a.attisdropped AND has_table_privilege('nuxari_app', c.oid, 'SELECT')
            ORDER BY 1
            """;

    private final Composed stack = Composed.stack();
    private final String acme = stack.organization("acme").id();
    private final String globex = stack.organization("globex").id();

    private static String memberOf(String organization, String role) throws SQLException {
        try (Connection superuser = Superuser.connect()) {
            return Superuser.column(
                            superuser,
                            "SELECT member_id FROM member WHERE organization_id = '%s' AND role = '%s'"
                                    .formatted(organization, role))
                    .getFirst();
        }
    }

    private static List<String> ownedTables() throws SQLException {
        try (Connection superuser = Superuser.connect()) {
            return Superuser.column(superuser, OWNED);
        }
    }

    private Json.Obj openRequest() {
        Deeds deeds = new Deeds(stack);
        return deeds.ask("grant", deeds.firstNotHeld(stack.connector("postgresql")));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    @Claim({"T1", "T4"})
    void withoutAScopeEveryTableRefusesToBeRead() throws SQLException {
        List<String> tables = ownedTables();

        assertThat(tables).contains("approval", "audit_event", "evidence_record", "execution", "request");
        for (String table : tables) {
            try (Connection server = Superuser.asServer()) {
                assertThatThrownBy(() -> Superuser.number(server, "SELECT count(*) FROM " + table))
                        .as(table)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("no organization scope is open");
            }
        }
    }

    @Test
    @Claim({"T1", "T4"})
    void organizationSetByHandOpensNothing() throws SQLException {
        try (Connection server = Superuser.asServer()) {
            server.setAutoCommit(false);
            execute(server, "SET LOCAL nuxari.organization_id = '" + acme + "'");

            assertThatThrownBy(() -> Superuser.number(server, "SELECT count(*) FROM approval"))
                    .hasMessageContaining("was not opened by its door");
        }
    }

    @Test
    @Claim("T4")
    void rowsOfAnotherOrganizationAreNotThere() throws SQLException {
        List<String> tables = ownedTables();
        int withForeignRows = 0;
        for (String table : tables) {
            String count = "SELECT count(*) FROM " + table + " WHERE organization_id = '" + globex + "'";
            try (Connection superuser = Superuser.connect();
                    Connection inside = Superuser.insideScopeOf(acme, memberOf(acme, "owner"))) {
                withForeignRows += Superuser.number(superuser, count) > 0 ? 1 : 0;
                assertThat(Superuser.number(inside, count)).as(table).isZero();
            }
        }
        assertThat(withForeignRows).isGreaterThan(5);
    }

    @Test
    @Claim("T4")
    void foreignRowsCanBeNeitherWrittenNorMoved() throws SQLException {
        String owner = memberOf(acme, "owner");
        try (Connection inside = Superuser.insideScopeOf(acme, owner)) {
            assertThatThrownBy(() -> execute(
                            inside,
                            "INSERT INTO evidence_record (organization_id, record_id, workflow_id, type, at, content,"
                                    + " hash) VALUES ('" + globex + "', uuidv7(), uuidv7(), 'approval', now(), '{}',"
                                    + " repeat('0', 64))"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("row-level security");
        }
    }

    @Test
    @Claim("A3")
    void executionNeedsAGrantedApproval() throws SQLException {
        Json.Obj request = openRequest();
        String approver = memberOf(acme, "approver");
        String insert = """
                INSERT INTO execution (organization_id, execution_id, workflow_id, step, attempt, approval_ref, plan_hash, at)
                VALUES ('%s', uuidv7(), '%s', 1, 1, '%s', '%s', now())
                """.formatted(
                        acme, request.string("workflowId"), request.string("approvalId"), request.string("planHash"));

        try (Connection inside = Superuser.insideScopeOf(acme, approver)) {
            assertThatThrownBy(() -> execute(inside, insert))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("is not granted");
        }
        assertThat(Fields.text(stack.api("admin").get("/approvals/" + request.string("approvalId")), "state"))
                .isEqualTo("open");
    }

    @Test
    @Claim("A3")
    void grantForgedByHandNeedsItsDecisions() throws SQLException {
        Json.Obj request = openRequest();

        try (Connection inside = Superuser.insideScopeOf(acme, memberOf(acme, "approver"))) {
            assertThatThrownBy(() -> execute(
                            inside,
                            "UPDATE approval SET state = 'granted' WHERE organization_id = '" + acme
                                    + "' AND approval_id = '" + request.string("approvalId") + "'"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("has not reached its quorum");
        }
    }

    @ParameterizedTest
    @Claim("A4")
    @ValueSource(
            strings = {
                "audit_event",
                "audit_node",
                "audit_checkpoint",
                "evidence_record",
                "evidence_package",
                "approval_decision",
                "approval_stage"
            })
    void whatWasRecordedCanBeNeitherChangedNorDeleted(String table) throws SQLException {
        String member = memberOf(acme, "owner");
        for (String change : List.of(
                "UPDATE " + table + " SET organization_id = organization_id WHERE organization_id = '" + acme + "'",
                "DELETE FROM " + table + " WHERE organization_id = '" + acme + "'",
                "TRUNCATE " + table)) {
            try (Connection inside = Superuser.insideScopeOf(acme, member)) {
                assertThatThrownBy(() -> execute(inside, change))
                        .as(change)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("permission denied");
            }
        }
    }

    @ParameterizedTest
    @Claim("A4")
    @ValueSource(strings = {"audit_event", "evidence_record", "evidence_package"})
    void evenTheOwnerOfTheTablesIsStoppedByATrigger(String table) throws SQLException {
        try (Connection superuser = Superuser.connect()) {
            assertThatThrownBy(() -> execute(superuser, "DELETE FROM " + table))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("can only be added");
        }
    }
}
