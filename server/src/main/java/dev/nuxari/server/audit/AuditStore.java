package dev.nuxari.server.audit;

import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Repository;

@Repository
class AuditStore {
    private final OrganizationJdbc jdbc;

    AuditStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** Locks the organization's head until the scope closes, so that sequence numbers have no gaps; answers the next one. */
    long lockHead() {
        return jdbc.sql("SELECT (lock_audit_head(:organizationId)).size").single((row, _) -> row.getLong(1));
    }

    /** When the newest events were recorded, by the clocks of the servers that did. */
    Optional<Instant> newestTime() {
        return jdbc.sql("""
                SELECT at
                FROM audit_event
                WHERE organization_id = :organizationId
                ORDER BY at DESC
                LIMIT 1
                """)
                .optional((row, _) -> row.getObject("at", OffsetDateTime.class).toInstant());
    }

    /**
     * The database says where the events stand, computes hashes and root, and checks that the events are of the organization and
     * by who is there. From here on until the scope closes, other writers of the organization wait.
     *
     * @return the sequence number of the first
     */
    long append(List<Unnumbered> events) {
        return jdbc.sql("SELECT append_audit_events(:organizationId, :events, :places)")
                .param("events", events.stream().map(Unnumbered::leaf).toArray(byte[][]::new))
                .param("places", events.stream().mapToInt(Unnumbered::place).toArray())
                .single((row, _) -> row.getLong(1));
    }
}
