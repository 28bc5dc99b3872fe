package dev.nuxari.server.findings;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.testing.TestDatabase;
import dev.nuxari.transparency.CompactRange;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.Node;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A log in the hands of a superuser: triggers, policies and privileges do not count. */
record TamperedLog(OrganizationId organization) {
    private static final String EVENT = """
            INSERT INTO audit_event (organization_id, sequence, id, at, actor, action, outcome, target_type, target_id, leaf,
                                     leaf_hash)
            SELECT ?, ?, (event ->> 'id')::uuid, (event ->> 'at')::timestamptz,
                   concat(event #>> '{actor,type}', ':', event #>> '{actor,id}'), event ->> 'action', event ->> 'outcome',
                   event #>> '{target,type}', event #>> '{target,id}', leaf, sha256('\\x00'::bytea || leaf)
            FROM (SELECT ? AS leaf) AS given, convert_from(leaf, 'UTF8') AS text, CAST(text AS jsonb) AS event
            """;

    private static final String RENUMBER = """
            WITH mine AS (SELECT CAST(? AS uuid) AS id)
            UPDATE audit_event SET sequence = ? FROM mine WHERE organization_id = mine.id AND sequence = ?
            """;

    @FunctionalInterface
    private interface Deed {
        void on(Connection connection) throws SQLException;
    }

    List<Json.Obj> leaves() {
        return beyondTheWalls()
                .sql("SELECT leaf FROM audit_event WHERE organization_id = ? ORDER BY sequence")
                .param(organization.value())
                .query((row, _) -> Json.parseObject(new String(row.getBytes(1), UTF_8)))
                .list();
    }

    /** One statement whose one parameter is the organization. */
    void sql(String sql) {
        unbound(connection -> update(connection, sql));
    }

    /** Gives two events each other's number, with everything else that is stored of them. */
    void swap(long first, long second) {
        unbound(connection -> {
            update(connection, RENUMBER, Long.MAX_VALUE, first);
            update(connection, RENUMBER, first, second);
            update(connection, RENUMBER, second, Long.MAX_VALUE);
        });
    }

    /** These events and no others, and the whole tree over them: everything but what was signed. */
    void rewrite(List<Json.Obj> events) {
        unbound(connection -> {
            for (String table : List.of("evidence_package", "audit_event", "audit_node")) {
                update(connection, "DELETE FROM " + table + " WHERE organization_id = ?");
            }
            CompactRange[] range = {CompactRange.empty()};
            for (Json.Obj event : events) {
                byte[] leaf = event.canonicalBytes();
                update(connection, EVENT, range[0].size(), leaf);
                List<Node> completed = new ArrayList<>();
                range[0] = range[0].append(MerkleHash.leaf(leaf), completed::add);
                for (Node node : completed.subList(1, completed.size())) {
                    update(
                            connection,
                            "INSERT INTO audit_node (organization_id, level, index, hash) VALUES (?, ?, ?, ?)",
                            node.level(),
                            node.index(),
                            node.hash().bytes());
                }
            }
            Object subtrees = connection.createArrayOf(
                    "bytea", range[0].hashes().stream().map(MerkleHash::bytes).toArray(byte[][]::new));
            update(connection, "DELETE FROM audit_head WHERE organization_id = ?");
            update(
                    connection,
                    "INSERT INTO audit_head (organization_id, size, subtrees, root) VALUES (?, ?, ?, ?)",
                    range[0].size(),
                    subtrees,
                    range[0].root().bytes());
        });
    }

    private void update(Connection connection, String sql, Object... more) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, organization.value());
            for (int i = 0; i < more.length; i++) {
                statement.setObject(i + 2, more[i]);
            }
            statement.execute();
        }
    }

    private static void unbound(Deed deed) {
        try (Connection connection = TestDatabase.as("postgres").getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL session_replication_role = replica");
            }
            deed.on(connection);
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
