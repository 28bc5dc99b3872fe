package dev.nuxari.server.keys;

import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Repository;

/** The wrapped data keys. */
@Repository
class DataKeyStore {
    private final OrganizationJdbc jdbc;

    DataKeyStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** A data key as it is stored. */
    record Wrapped(int version, Bytes key, String masterKeyId) {}

    Optional<Wrapped> newest() {
        return jdbc.sql("""
                SELECT version, wrapped_key, master_key_id
                FROM organization_key
                WHERE organization_id = :organizationId
                ORDER BY version DESC
                LIMIT 1
                """).optional((row, _) -> wrapped(row));
    }

    Optional<Wrapped> find(int version) {
        return jdbc.sql("""
                SELECT version, wrapped_key, master_key_id
                FROM organization_key
                WHERE organization_id = :organizationId AND version = :version
                """).param("version", version).optional((row, _) -> wrapped(row));
    }

    /** Waits for a transaction that adds the same version; adds nothing if that one commits. */
    void add(Wrapped key, Instant at) {
        jdbc.sql("""
                INSERT INTO organization_key (organization_id, version, wrapped_key, master_key_id, created_at)
                VALUES (:organizationId, :version, :key, :masterKeyId, :at)
                ON CONFLICT DO NOTHING
                """)
                .param("version", key.version())
                .param("key", key.key().toArray())
                .param("masterKeyId", key.masterKeyId())
                .param("at", at)
                .update();
    }

    private static Wrapped wrapped(ResultSet row) throws SQLException {
        return new Wrapped(
                row.getInt("version"), new Bytes(row.getBytes("wrapped_key")), row.getString("master_key_id"));
    }
}
