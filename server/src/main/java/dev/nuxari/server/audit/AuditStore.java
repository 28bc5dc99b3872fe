package dev.nuxari.server.audit;

import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.util.List;
import org.springframework.stereotype.Repository;

@Repository
class AuditStore {
    private final OrganizationJdbc jdbc;

    AuditStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** Locks the organization's head until the scope closes, so that sequence numbers have no gaps; answers the next one. */
    long lockHead() {
        return jdbc.sql("SELECT lock_audit_head(:organizationId)").single((row, _) -> row.getLong(1));
    }

    /** The database computes hashes and root, and checks that the events are the next ones and by who is there. */
    void append(List<byte[]> leaves) {
        jdbc.sql("SELECT append_audit_events(:organizationId, :leaves)")
                .param("leaves", leaves.toArray(byte[][]::new))
                .single((_, _) -> leaves);
    }
}
