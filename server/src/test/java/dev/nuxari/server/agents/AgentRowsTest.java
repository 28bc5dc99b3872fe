package dev.nuxari.server.agents;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows that the tables refuse, whoever writes: also who owns them. */
@ServerTest
@Claim({"E2", "E4"})
class AgentRowsTest extends AgentStatements {
    private void refused(List<String> statements) {
        for (String sql : statements) {
            // A row that is new in all its keys is refused for what stands in it, and not for whom it belongs to.
            String why = sql.contains(fresh()) ? "violates check constraint" : "violates|can only be added";
            assertThatThrownBy(() -> statement(beyondTheWalls(), sql))
                    .as(sql)
                    .rootCause()
                    .message()
                    .matches("(?s).*(" + why + ").*");
        }
    }

    @Test
    void agentsThatNobodyHas() {
        String agents = "UPDATE agent SET %s WHERE agent_id = :host";
        refused(List.of(
                agents.formatted("name = ''"),
                agents.formatted("state = 'asleep'"),
                agents.formatted("public_key = 'x'"),
                agents.formatted("key_thumbprint = 'x'"),
                agents.formatted("host_name = 'a b'"),
                agents.formatted("agent_version = 'a b'"),
                agents.formatted("capabilities = array_fill(CAST('a' AS text), ARRAY [101])"),
                agents.formatted("sequence = -1"),
                agents.formatted("receipts = -1"),
                agents.formatted("observations = -1"),
                agents.formatted("host_name = NULL"),
                agents.formatted("state = 'pending'"),
                agents.formatted("state = 'revoked'"),
                agents.formatted("ended_at = now(), ended_by = created_by"),
                agents.formatted("state = 'lost', ended_at = now()"),
                agents.formatted("public_key = NULL, key_thumbprint = NULL, host_name = NULL, agent_version = NULL,"
                        + " capabilities = NULL, enrolled_at = NULL"),
                agents.formatted("key_thumbprint = (SELECT key_thumbprint FROM agent WHERE agent_id = :colleague)"),
                agents.formatted("created_by = gen_random_uuid()"),
                agents.formatted("state = 'lost', ended_at = now(), ended_by = gen_random_uuid()"),
                "UPDATE agent_enrolment SET created_by = gen_random_uuid() WHERE agent_id = :host"));
    }

    @Test
    void tokensThatNobodyMade() {
        refused(List.of(
                "UPDATE agent_enrolment SET token_hash = 'x' WHERE agent_id = :host",
                "UPDATE agent_enrolment SET manifest_version = 0 WHERE agent_id = :host",
                "UPDATE agent_enrolment SET expires_at = created_at WHERE agent_id = :host",
                "UPDATE agent_enrolment SET expires_at = created_at + interval '25 hours' WHERE agent_id = :host",
                "UPDATE agent_enrolment SET revoked_at = now() WHERE agent_id = :host",
                "UPDATE agent_enrolment SET agent_id = gen_random_uuid() WHERE agent_id = :host",
                "UPDATE agent_enrolment SET token_hash = repeat('a', 64) WHERE organization_id = :organization",
                "UPDATE agent_token SET token_hash = 'x' WHERE agent_id = :host",
                "UPDATE agent_token SET token_hash = repeat('a', 64) WHERE organization_id = :organization",
                "UPDATE agent_token SET agent_id = gen_random_uuid() WHERE agent_id = :host"));
    }

    @Test
    void ordersAndAnswersThatNobodyGave() {
        ground.issued(ground.pending());
        run(agent(host), RECEIPT);
        run(agent(host), OBSERVATION);
        run(agent(host), COSIGNATURE);
        ground.granted(host);
        assertThat(host.packages(60, 0).json().objects("deliveries")).hasSize(1);
        refused(List.of(
                another("agent_package", "'sequence', 99"),
                another("agent_package", "'package_id', gen_random_uuid()"),
                another("agent_package", "'execution_id', gen_random_uuid(), 'sequence', 99"),
                another("agent_package", fresh() + ", 'sequence', 0"),
                another("agent_package", fresh() + ", 'package_hash', 'x'"),
                another("agent_package", fresh() + ", 'event_index', -1"),
                another("agent_package", fresh() + ", 'expires_at', created_at + interval '8 days'"),
                another("agent_package", fresh() + ", 'expires_at', created_at"),
                another("agent_receipt", "'number', 0"),
                another("agent_receipt", "'number', 7"),
                another("agent_receipt", "'number', 8, 'receipt_hash', 'x'"),
                another("agent_receipt", "'number', 8, 'package_hash', 'x'"),
                another("agent_receipt", "'number', 8, 'outcome', 'granted'"),
                another("agent_receipt", "'number', 8, 'package_id', gen_random_uuid()"),
                "UPDATE agent_receipt SET outcome = 'changed' WHERE agent_id = :host",
                "DELETE FROM agent_receipt WHERE agent_id = :host",
                "UPDATE agent_package SET envelope = 'y' WHERE agent_id = :host",
                "DELETE FROM agent_package WHERE agent_id = :host",
                "UPDATE agent_observation SET source = 'a b' WHERE agent_id = :host",
                "UPDATE agent_observation SET number = 0 WHERE agent_id = :host",
                "UPDATE agent_observation SET envelope_hash = 'x' WHERE agent_id = :host",
                "UPDATE agent_cosignature SET size = -1 WHERE agent_id = :host"));
    }

    /** Rolled back whatever happens. */
    @Test
    void whatAgentsSaidIsNotEmptied() throws SQLException {
        for (String table : List.of("agent_package", "agent_receipt")) {
            try (Connection connection = TestDatabase.as("postgres").getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                assertThatThrownBy(() -> statement.execute("TRUNCATE " + table + " CASCADE"))
                        .as(table)
                        .hasMessageContaining("rows of " + table + " can only be added");
                connection.rollback();
            }
        }
    }

    private static String fresh() {
        return "'package_id', gen_random_uuid(), 'execution_id', gen_random_uuid()";
    }

    /** A row like one that is there, with something else in it. */
    private static String another(String table, String other) {
        return "INSERT INTO %1$s SELECT (jsonb_populate_record(t, jsonb_build_object(%2$s))).* FROM %1$s t WHERE agent_id = :host"
                .formatted(table, other);
    }
}
