package dev.nuxari.server.audit;

import dev.nuxari.kernel.Json;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.SignedNote;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Repository;

/** Reads the log as it is stored, a stretch at a time. */
@Repository
class InspectionStore {
    private final OrganizationJdbc jdbc;

    InspectionStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An event and all that is stored beside it.
     *
     * @param columns id, time, actor, action, outcome, type and id of the target, approval and request
     */
    @SuppressWarnings("ArrayRecordComponent") // Hashed and read, never compared.
    record Stored(long sequence, byte[] leaf, MerkleHash leafHash, List<String> columns) {}

    /** Where a node stands. */
    record Place(int level, long index) {}

    List<Stored> events(long from, long to) {
        return jdbc.sql("""
                SELECT sequence, leaf, leaf_hash, id, at, actor, action, outcome, target_type, target_id, approval_ref, request_id
                FROM audit_event
                WHERE organization_id = :organizationId AND sequence >= :from AND sequence < :to
                ORDER BY sequence
                """).param("from", from).param("to", to).list((row, _) -> stored(row));
    }

    /** The nodes above the leaves that these events complete: a short stretch of each level, wherever in the log they are. */
    Map<Place, MerkleHash> nodes(long from, long to) {
        return jdbc
                .sql("""
                SELECT level, index, hash
                FROM generate_series(1, 62) AS height
                JOIN audit_node ON organization_id = :organizationId AND level = height
                    AND index >= CAST(:from AS bigint) >> height AND index < CAST(:to AS bigint) >> height
                """)
                .param("from", from)
                .param("to", to)
                .list((row, _) -> Map.entry(
                        new Place(row.getInt("level"), row.getLong("index")), MerkleHash.of(row.getBytes("hash"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * The head as it is stored.
     *
     * @param subtrees what the next event is folded into
     */
    record StoredHead(long size, MerkleHash root, List<MerkleHash> subtrees) {}

    /** In one statement: of a log that grows meanwhile, two would see two heads. */
    StoredHead head() {
        return jdbc.sql("SELECT size, root, subtrees FROM audit_head WHERE organization_id = :organizationId")
                .optional((row, _) -> new StoredHead(
                        row.getLong("size"),
                        MerkleHash.of(row.getBytes("root")),
                        Stream.of((byte[][]) row.getArray("subtrees").getArray())
                                .map(MerkleHash::of)
                                .toList()))
                .orElseGet(() -> new StoredHead(0, MerkleHash.EMPTY, List.of()));
    }

    /** The roots that were signed over trees that end among these events. */
    Map<Long, MerkleHash> signed(long from, long to) {
        return jdbc
                .sql("""
                SELECT note FROM audit_checkpoint
                WHERE organization_id = :organizationId AND size > :from AND size <= :to
                """)
                .param("from", from)
                .param("to", to)
                .list((row, _) ->
                        Checkpoint.parse(SignedNote.parse(row.getString("note")).text()))
                .stream()
                .collect(Collectors.toMap(Checkpoint::size, Checkpoint::root));
    }

    /** The size of the largest signed tree that is no larger; 0 if there is none. */
    long lastCheckpointUpTo(long size) {
        return jdbc.sql("""
                SELECT coalesce(max(size), 0) FROM audit_checkpoint
                WHERE organization_id = :organizationId AND size <= :size
                """).param("size", size).single((row, _) -> row.getLong(1));
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                row.getLong("sequence"),
                row.getBytes("leaf"),
                MerkleHash.of(row.getBytes("leaf_hash")),
                List.of(
                        row.getString("id"),
                        spelled(row.getObject("at", OffsetDateTime.class).toInstant()),
                        row.getString("actor"),
                        row.getString("action"),
                        row.getString("outcome"),
                        row.getString("target_type"),
                        row.getString("target_id"),
                        Objects.toString(row.getString("approval_ref"), ""),
                        Objects.toString(row.getString("request_id"), "")));
    }

    private static String spelled(Instant at) {
        return Json.object("at", at).string("at");
    }
}
