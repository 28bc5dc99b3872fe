package dev.nuxari.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.server.audit.AuditTrail.Head;
import dev.nuxari.server.audit.AuditTrail.Recorded;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.NodeSource;
import dev.nuxari.transparency.SignedNote;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Repository;

@Repository
class AuditTrailStore implements NodeSource {
    private final OrganizationJdbc jdbc;

    AuditTrailStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Recorded> find(long sequence) {
        return jdbc.sql("""
                SELECT sequence, leaf, leaf_hash
                FROM audit_event
                WHERE organization_id = :organizationId AND sequence = :sequence
                """).param("sequence", sequence).optional((row, _) -> recorded(row));
    }

    Optional<Recorded> newestUnder(String action, UUID approval) {
        return jdbc.sql("""
                SELECT sequence, leaf, leaf_hash
                FROM audit_event
                WHERE organization_id = :organizationId AND approval_ref = :approval AND action = :action
                ORDER BY sequence DESC
                LIMIT 1
                """).param("approval", approval).param("action", action).optional((row, _) -> recorded(row));
    }

    /** Before the first event, the empty tree (RFC 9162, section 2.1.1). */
    Head head() {
        return jdbc.sql("SELECT size, root FROM audit_head WHERE organization_id = :organizationId")
                .optional((row, _) -> new Head(row.getLong("size"), MerkleHash.of(row.getBytes("root"))))
                .orElseGet(() -> new Head(0, MerkleHash.EMPTY));
    }

    Optional<SignedNote> checkpointOf(long size) {
        return jdbc.sql("SELECT note FROM audit_checkpoint WHERE organization_id = :organizationId AND size = :size")
                .param("size", size)
                .optional((row, _) -> SignedNote.parse(row.getString("note")));
    }

    Optional<SignedNote> firstCheckpointOver(long sequence) {
        return jdbc.sql("""
                SELECT note
                FROM audit_checkpoint
                WHERE organization_id = :organizationId AND size > :sequence
                ORDER BY size
                LIMIT 1
                """).param("sequence", sequence).optional((row, _) -> SignedNote.parse(row.getString("note")));
    }

    /** Two nodes may sign the same head at once; both say the same. */
    void addCheckpoint(long size, SignedNote note, Instant at) {
        jdbc.sql("""
                INSERT INTO audit_checkpoint (organization_id, size, at, note)
                VALUES (:organizationId, :size, :at, :note)
                ON CONFLICT DO NOTHING
                """)
                .param("size", size)
                .param("at", at)
                .param("note", note.encoded())
                .update();
    }

    @Override
    public MerkleHash node(int level, long index) {
        return level == 0 ? leafHash(index) : subtree(level, index);
    }

    private MerkleHash leafHash(long sequence) {
        return jdbc.sql("SELECT hash FROM audit_leaf_hashes(:organizationId, :index, :index + 1)")
                .param("index", sequence)
                .single((row, _) -> MerkleHash.of(row.getBytes(1)));
    }

    private MerkleHash subtree(int level, long index) {
        return jdbc.sql("""
                SELECT hash FROM audit_node WHERE organization_id = :organizationId AND level = :level AND index = :index
                """)
                .param("level", level)
                .param("index", index)
                .single((row, _) -> MerkleHash.of(row.getBytes(1)));
    }

    static Recorded recorded(ResultSet row) throws SQLException {
        return new Recorded(
                row.getLong("sequence"),
                Json.parseObject(new String(row.getBytes("leaf"), UTF_8)),
                MerkleHash.of(row.getBytes("leaf_hash")));
    }
}
