package dev.nuxari.server.audit;

import dev.nuxari.server.audit.AuditTrail.Recorded;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Repository;

/** Finds where in the log a period is. The order is the log's, whatever the clocks did. */
@Repository
class LogStretchStore {
    private final OrganizationJdbc jdbc;

    LogStretchStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The entries dated within a period.
     *
     * @param entries how many there are, up to the number that was asked for
     * @param latest the date of the last of those counted
     */
    record Dated(int entries, long first, long last, Instant latest) {}

    /** Empty if no entry is dated so. */
    Optional<Dated> dated(Instant from, Instant to, int most) {
        return jdbc.sql("""
                SELECT count(*) AS entries, min(sequence) AS first, max(sequence) AS last, max(at) AS latest
                FROM (SELECT sequence, at
                      FROM audit_event
                      WHERE organization_id = :organizationId AND at >= :from AND at < :to
                      ORDER BY at
                      LIMIT :most) AS dated
                HAVING count(*) > 0
                """)
                .param("from", from)
                .param("to", to)
                .param("most", most)
                .optional((row, _) -> new Dated(
                        row.getInt("entries"),
                        row.getLong("first"),
                        row.getLong("last"),
                        row.getObject("latest", OffsetDateTime.class).toInstant()));
    }

    /** The entry dated last before this time. */
    Optional<Long> datedLastBefore(Instant time) {
        return jdbc.sql("""
                SELECT sequence
                FROM audit_event
                WHERE organization_id = :organizationId AND at < :time
                ORDER BY at DESC, sequence DESC
                LIMIT 1
                """).param("time", time).optional((row, _) -> row.getLong(1));
    }

    /** The nearest entry above one that is dated before this time. */
    Optional<Long> earlier(long sequence, Instant time) {
        return jdbc.sql("""
                SELECT sequence
                FROM audit_event
                WHERE organization_id = :organizationId AND sequence < :sequence AND at < :time
                ORDER BY sequence DESC
                LIMIT 1
                """).param("sequence", sequence).param("time", time).optional((row, _) -> row.getLong(1));
    }

    /** The nearest entry below one that is not dated before this time. */
    Optional<Long> later(long sequence, Instant time) {
        return jdbc.sql("""
                SELECT sequence
                FROM audit_event
                WHERE organization_id = :organizationId AND sequence > :sequence AND at >= :time
                ORDER BY sequence
                LIMIT 1
                """).param("sequence", sequence).param("time", time).optional((row, _) -> row.getLong(1));
    }

    /** In the order of the log. */
    List<Recorded> entries(long begin, long end) {
        return jdbc.sql("""
                SELECT sequence, leaf, leaf_hash
                FROM audit_event
                WHERE organization_id = :organizationId AND sequence >= :begin AND sequence < :end
                ORDER BY sequence
                """).param("begin", begin).param("end", end).list((row, _) -> AuditTrailStore.recorded(row));
    }
}
