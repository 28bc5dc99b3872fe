package dev.nuxari.server.vault;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Repository;

/** Sealed credentials. Nothing in clear comes here. */
@Repository
class CredentialStore {
    private final OrganizationJdbc jdbc;

    CredentialStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** A credential as it is stored. */
    static final class Sealed {
        private final int version;
        private final byte[] bytes;

        private Sealed(int version, byte[] bytes) {
            this.version = version;
            this.bytes = bytes;
        }

        int version() {
            return version;
        }

        byte[] bytes() {
            return bytes.clone();
        }
    }

    Optional<Sealed> active(ConnectorId connector, Purpose purpose) {
        return jdbc.sql("""
                SELECT version, sealed
                FROM credential
                WHERE organization_id = :organizationId AND connector_id = :connector AND purpose = :purpose
                  AND state = 'active'
                """)
                .param("connector", connector.value())
                .param("purpose", purpose)
                .optional((row, _) -> new Sealed(row.getInt("version"), row.getBytes("sealed")));
    }

    /** Lets one transaction at a time replace this credential. */
    void lock(ConnectorId connector, Purpose purpose) {
        jdbc.sql("SELECT lock_credential(:organizationId, :connector, :purpose)")
                .param("connector", connector.value())
                .param("purpose", purpose)
                .single((_, _) -> connector);
    }

    /** Ends the active credential first, so that there are never two. */
    void invalidateActive(ConnectorId connector, Purpose purpose) {
        jdbc.sql("""
                UPDATE credential SET state = 'invalidated'
                WHERE organization_id = :organizationId AND connector_id = :connector AND purpose = :purpose
                  AND state = 'active'
                """)
                .param("connector", connector.value())
                .param("purpose", purpose)
                .update();
    }

    int nextVersion(ConnectorId connector, Purpose purpose) {
        return jdbc.sql("""
                SELECT coalesce(max(version), 0) + 1
                FROM credential
                WHERE organization_id = :organizationId AND connector_id = :connector AND purpose = :purpose
                """)
                .param("connector", connector.value())
                .param("purpose", purpose)
                .single((row, _) -> row.getInt(1));
    }

    void add(ConnectorId connector, Purpose purpose, int version, byte[] sealed, Instant at) {
        jdbc.sql("""
                INSERT INTO credential
                    (organization_id, connector_id, purpose, version, state, sealed, created_at)
                VALUES (:organizationId, :connector, :purpose, :version, 'active', :sealed, :at)
                """)
                .param("connector", connector.value())
                .param("purpose", purpose)
                .param("version", version)
                .param("sealed", sealed)
                .param("at", at)
                .update();
    }
}
