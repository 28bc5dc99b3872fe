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
