package dev.nuxari.server.keys;

import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.stereotype.Repository;

/** Both halves of the signing keys, the private ones sealed. */
@Repository
class SigningKeyStore {
    private final OrganizationJdbc jdbc;

    SigningKeyStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** A signing key as it is stored, with both halves. */
    record Stored(KeyName name, int version, Bytes publicKey, Bytes sealedPrivateKey, Instant notBefore) {}

    Optional<Integer> newestVersion(KeyName name) {
        return jdbc.sql("""
                SELECT version
                FROM signing_key
                WHERE organization_id = :organizationId AND name = :name
                ORDER BY version DESC
                LIMIT 1
                """).param("name", name).optional((row, _) -> row.getInt("version"));
    }

    /** Only the newest is sure to have its private half still. */
    Optional<Stored> newest(KeyName name) {
        return jdbc.sql("""
                SELECT version, public_key, sealed_private_key, not_before
                FROM signing_key
                WHERE organization_id = :organizationId AND name = :name
                ORDER BY version DESC
                LIMIT 1
                """)
                .param("name", name)
                .optional((row, _) -> new Stored(
                        name,
                        row.getInt("version"),
                        new Bytes(row.getBytes("public_key")),
                        new Bytes(row.getBytes("sealed_private_key")),
                        row.getObject("not_before", OffsetDateTime.class).toInstant()));
    }

    /** Waits for a transaction that adds the same version; adds nothing if that one commits. */
    void add(Stored key) {
        jdbc.sql("""
                INSERT INTO signing_key
                    (organization_id, name, version, public_key, sealed_private_key, not_before)
                VALUES (:organizationId, :name, :version, :publicKey, :sealedPrivateKey, :notBefore)
                ON CONFLICT DO NOTHING
                """)
                .param("name", key.name())
                .param("version", key.version())
                .param("publicKey", key.publicKey().toArray())
                .param("sealedPrivateKey", key.sealedPrivateKey().toArray())
                .param("notBefore", key.notBefore())
                .update();
    }

    /** Deletes the private halves of all but the newest key of this name. */
    void forgetReplaced(KeyName name) {
        jdbc.sql("SELECT forget_private_keys(:organizationId, :name)")
                .param("name", name)
                .single((_, _) -> name);
    }
}
