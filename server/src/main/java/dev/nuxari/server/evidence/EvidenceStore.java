package dev.nuxari.server.evidence;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.protocol.EvidenceHeader;
import dev.nuxari.protocol.EvidenceRecord;
import dev.nuxari.protocol.SealedEvidence;
import dev.nuxari.server.evidence.Evidence.Sealed;
import dev.nuxari.server.redaction.Redacted;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class EvidenceStore {
    private final OrganizationJdbc jdbc;

    EvidenceStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    void add(UUID workflow, EvidenceRecord.Type type, Instant at, Redacted content) {
        if (!(content.json() instanceof Json.Obj object)) {
            throw new IllegalArgumentException("a record's content is an object");
        }
        var evidence = new EvidenceRecord(type, UuidV7.at(at).toString(), at, object);
        jdbc.sql("""
                INSERT INTO evidence_record (organization_id, record_id, workflow_id, type, at, content, hash)
                VALUES (:organizationId, :id, :workflow, :type, :at, :content, :hash)
                """)
                .param("id", UUID.fromString(evidence.id()))
                .param("workflow", workflow)
                .param("type", evidence.type())
                .param("at", evidence.at())
                .param("content", evidence.content().canonical())
                .param("hash", evidence.hash().hex())
                .update();
    }

    boolean has(UUID workflow, EvidenceRecord.Type type) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT
                               FROM evidence_record
                               WHERE organization_id = :organizationId AND workflow_id = :workflow AND type = :type)
                """).param("workflow", workflow).param("type", type).single((row, _) -> row.getBoolean(1));
    }

    List<EvidenceRecord> recordsOf(UUID workflow) {
        return jdbc.sql("""
                SELECT record_id, type, at, content
                FROM evidence_record
                WHERE organization_id = :organizationId AND workflow_id = :workflow
                ORDER BY at, record_id
                """)
                .param("workflow", workflow)
                .list((row, _) -> new EvidenceRecord(
                        Spelling.parse(EvidenceRecord.Type.class, row.getString("type")),
                        row.getString("record_id"),
                        instant(row, "at"),
                        Json.parseObject(row.getString("content"))));
    }

    void addPackage(Sealed sealed, SealedEvidence document) {
        jdbc.sql("""
                INSERT INTO evidence_package (organization_id, package_id, workflow_id, outcome, plan_hash, merkle_root,
                                              records, sealed, log_index, sealed_at)
                VALUES (:organizationId, :id, :workflow, :outcome, :plan, :root, :records, :sealed, :index, :at)
                """)
                .param("id", sealed.id())
                .param("workflow", sealed.workflow())
                .param("outcome", sealed.outcome())
                .param("plan", sealed.planHash().hex())
                .param("root", sealed.merkleRoot())
                .param("records", sealed.records())
                .param("sealed", document.json().canonical())
                .param("index", sealed.logIndex())
                .param("at", sealed.sealedAt())
                .update();
    }

    List<Sealed> list(@Nullable UUID before, int limit) {
        return jdbc.sql("""
                SELECT package_id, workflow_id, outcome, plan_hash, merkle_root, records, log_index, sealed_at
                FROM evidence_package
                WHERE organization_id = :organizationId AND (CAST(:before AS uuid) IS NULL OR package_id < :before)
                ORDER BY package_id DESC
                LIMIT :limit
                """).param("before", before).param("limit", limit).list((row, _) -> sealed(row));
    }

    Optional<Sealed> find(UUID id) {
        return jdbc.sql("""
                SELECT package_id, workflow_id, outcome, plan_hash, merkle_root, records, log_index, sealed_at
                FROM evidence_package
                WHERE organization_id = :organizationId AND package_id = :id
                """).param("id", id).optional((row, _) -> sealed(row));
    }

    Optional<UUID> sealedBy(long logIndex) {
        return jdbc.sql("""
                SELECT package_id FROM evidence_package WHERE organization_id = :organizationId AND log_index = :index
                """).param("index", logIndex).optional((row, _) -> row.getObject(1, UUID.class));
    }

    Optional<SealedEvidence> document(UUID id) {
        return jdbc.sql("""
                SELECT sealed FROM evidence_package WHERE organization_id = :organizationId AND package_id = :id
                """)
                .param("id", id)
                .optional((row, _) -> SealedEvidence.parse(Json.parseObject(row.getString("sealed"))));
    }

    /** Where the log says that the package's file was signed. */
    Optional<Long> attestation(UUID id) {
        return jdbc.sql("""
                SELECT log_index
                FROM evidence_attestation
                WHERE organization_id = :organizationId AND package_id = :id
                """).param("id", id).optional((row, _) -> row.getLong("log_index"));
    }

    /** Of two at once the first counts; the other's event stays in the log, and is as true. */
    void attest(UUID id, long logIndex) {
        jdbc.sql("""
                INSERT INTO evidence_attestation (organization_id, package_id, log_index)
                VALUES (:organizationId, :id, :index)
                ON CONFLICT DO NOTHING
                """).param("id", id).param("index", logIndex).update();
    }

    private static Sealed sealed(ResultSet row) throws SQLException {
        return new Sealed(
                row.getObject("package_id", UUID.class),
                row.getObject("workflow_id", UUID.class),
                Spelling.parse(EvidenceHeader.Outcome.class, row.getString("outcome")),
                instant(row, "sealed_at"),
                row.getString("merkle_root"),
                new PlanHash(row.getString("plan_hash")),
                row.getLong("log_index"),
                row.getInt("records"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
