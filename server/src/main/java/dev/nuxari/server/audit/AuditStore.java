package dev.nuxari.server.audit;

import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.util.UUID;
import org.springframework.stereotype.Repository;

@Repository
class AuditStore {
    private final OrganizationJdbc jdbc;

    AuditStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** What the next event is numbered and named. */
    record Next(long sequence, UUID id) {}

    /** Locks the organization's head until the scope closes, so that sequence numbers have no gaps. */
    Next lockHead() {
        return jdbc.sql("SELECT next_sequence, event_id FROM lock_audit_head(:organizationId)")
                .single((row, _) -> new Next(row.getLong("next_sequence"), row.getObject("event_id", UUID.class)));
    }

    /** The database computes hashes and root, and checks that the event is the next one and by who is there. */
    void append(byte[] leaf) {
        jdbc.sql("SELECT append_audit_event(:organizationId, :leaf)")
                .param("leaf", leaf)
                .single((_, _) -> leaf);
    }
}
