package dev.nuxari.bench;

import dev.nuxari.kernel.OrganizationId;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A table as other systems keep it: the columns and indexes of the log, without hashes that are computed, policies or checks. */
final class PlainEvents {
    private static final byte[] SOME_HASH = new byte[32];

    private final AtomicLong sequence = new AtomicLong();
    private final byte[] leaf;

    private PlainEvents(byte[] leaf) {
        this.leaf = leaf;
    }

    /** Makes the table; its rows are as long as the events of the log. */
    static PlainEvents like(LoggingServer server, OrganizationId example) {
        server.append(example, 1);
        server.superuser()
                .sql("CREATE TABLE plain_event (LIKE audit_event INCLUDING INDEXES)")
                .update();
        server.superuser().sql("GRANT INSERT ON plain_event TO nuxari_app").update();
        return new PlainEvents(server.superuser()
                .sql("SELECT leaf FROM audit_event WHERE organization_id = ?")
                .param(example.value())
                .query((row, _) -> row.getBytes(1))
                .single());
    }

    /** So many rows with one statement; the database makes their identifiers. */
    void insert(JdbcClient jdbc, OrganizationId organization, int rows) {
        jdbc.sql("""
                INSERT INTO plain_event (organization_id, sequence, id, at, actor, action, outcome, target_type, target_id,
                                         request_id, noun, leaf, leaf_hash)
                SELECT ?, ? - row, uuidv7(), now(), 'system:bench', 'entitlement.change', 'succeeded', 'entitlement',
                       CAST(gen_random_uuid() AS text), gen_random_uuid(), 'entitlement', ?, ?
                FROM generate_series(0, ? - 1) AS row
                """)
                .params(organization.value(), sequence.addAndGet(rows), leaf, SOME_HASH, rows)
                .update();
    }
}
