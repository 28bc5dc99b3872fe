package dev.nuxari.server.audit;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.stereotype.Repository;

/** Every key manifest that was published. */
@Repository
class KeyManifestStore {
    private final OrganizationJdbc jdbc;

    KeyManifestStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    Optional<KeyManifest> newest() {
        return jdbc.sql("""
                SELECT manifest
                FROM key_manifest
                WHERE organization_id = :organizationId
                ORDER BY version DESC
                LIMIT 1
                """).optional((row, _) -> manifest(row));
    }

    Optional<KeyManifest> find(int version) {
        return jdbc.sql(
                        "SELECT manifest FROM key_manifest WHERE organization_id = :organizationId AND version = :version")
                .param("version", version)
                .optional((row, _) -> manifest(row));
    }

    /** Keeps the log key from being replaced until the scope closes; answers the newest manifest. */
    Optional<KeyManifest> hold() {
        jdbc.sql("SELECT hold_log_key(:organizationId)").single((_, _) -> "held");
        return newest();
    }

    /** Waits until nobody holds the log key, and lets nobody else until the scope closes; answers the newest manifest. */
    Optional<KeyManifest> lock() {
        jdbc.sql("SELECT lock_log_key(:organizationId)").single((_, _) -> "locked");
        return newest();
    }

    /** Two servers may make the first one at once, of the same keys. */
    void add(KeyManifest manifest) {
        jdbc.sql("""
                INSERT INTO key_manifest (organization_id, version, issued_at, manifest)
                VALUES (:organizationId, :version, :issuedAt, :manifest)
                ON CONFLICT DO NOTHING
                """)
                .param("version", manifest.version())
                .param("issuedAt", manifest.issuedAt())
                .param("manifest", manifest.json().canonical())
                .update();
    }

    private static KeyManifest manifest(ResultSet row) throws SQLException {
        return KeyManifest.parse(Json.parseObject(row.getString("manifest")));
    }
}
