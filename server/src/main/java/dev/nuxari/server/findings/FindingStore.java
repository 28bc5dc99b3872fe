package dev.nuxari.server.findings;

import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.findings.Finding.Kind;
import dev.nuxari.server.findings.Finding.Severity;
import dev.nuxari.server.findings.Finding.State;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class FindingStore {
    private final OrganizationJdbc jdbc;

    FindingStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** Answers whether there is such a finding. */
    boolean seenAgain(String rule, String subject, Instant at) {
        return jdbc.sql("""
                UPDATE finding SET last_seen_at = :at
                WHERE organization_id = :organizationId AND rule = :rule AND subject = :subject
                """)
                        .param("rule", rule)
                        .param("subject", subject)
                        .param("at", at)
                        .update()
                == 1;
    }

    void add(Finding finding) {
        jdbc.sql("""
                INSERT INTO finding (organization_id, finding_id, kind, severity, state, rule, subject, first_seen_at,
                                     last_seen_at)
                VALUES (:organizationId, :id, :kind, :severity, :state, :rule, :subject, :first, :last)
                """)
                .param("id", finding.id())
                .param("kind", finding.kind())
                .param("severity", finding.severity())
                .param("state", finding.state())
                .param("rule", finding.rule())
                .param("subject", finding.subject())
                .param("first", finding.firstSeenAt())
                .param("last", finding.lastSeenAt())
                .update();
    }

    List<Finding> list(@Nullable UUID before, int limit) {
        return jdbc.sql("""
                SELECT finding_id, kind, severity, state, rule, subject, first_seen_at, last_seen_at
                FROM finding
                WHERE organization_id = :organizationId AND (CAST(:before AS uuid) IS NULL OR finding_id < :before)
                ORDER BY finding_id DESC
                LIMIT :limit
                """).param("before", before).param("limit", limit).list((row, _) -> finding(row));
    }

    List<Finding> about(List<String> subjects) {
        return jdbc.sql("""
                SELECT finding_id, kind, severity, state, rule, subject, first_seen_at, last_seen_at
                FROM finding
                WHERE organization_id = :organizationId AND subject = ANY (CAST(:subjects AS text[]))
                ORDER BY finding_id DESC
                """).param("subjects", subjects.toArray(String[]::new)).list((row, _) -> finding(row));
    }

    private static Finding finding(ResultSet row) throws SQLException {
        return new Finding(
                row.getObject("finding_id", UUID.class),
                Spelling.parse(Kind.class, row.getString("kind")),
                Spelling.parse(Severity.class, row.getString("severity")),
                Spelling.parse(State.class, row.getString("state")),
                row.getString("rule"),
                row.getString("subject"),
                instant(row, "first_seen_at"),
                instant(row, "last_seen_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
