package dev.nuxari.server.audit;

import dev.nuxari.server.audit.AuditTrail.Recorded;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import dev.nuxari.server.tenancy.OrganizationJdbc.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Repository;

/**
 * Looks events up by what they say.
 *
 * <p>One condition leads, so that its index is read in the order of the log however often a plan is used again; the others
 * are looked at row by row.
 */
@Repository
class AuditSearchStore {
    /** So many things one request, with its approval, its workflow and its evidence, is made of at most. */
    private static final int MOST_PARTS = 1000;

    private static final String EVENTS = """
            SELECT sequence, leaf, leaf_hash
            FROM audit_event
            WHERE organization_id = :organizationId AND sequence < :before
              AND\s""";

    private static final String AND_THE_REST = """

              AND (CAST(:approvalRef AS uuid) IS NULL OR approval_ref = :approvalRef)
              AND (CAST(:requestId AS uuid) IS NULL OR request_id = :requestId)
              AND (CAST(:targetId AS text) IS NULL OR target_id = :targetId)
              AND (CAST(:actor AS text) IS NULL OR actor = :actor)
              AND (CAST(:action AS text) IS NULL OR action = :action)
              AND (CAST(:noun AS text) IS NULL OR noun = :noun)
              AND (CAST(:targetType AS text) IS NULL OR target_type = :targetType)
              AND (CAST(:outcome AS text) IS NULL OR outcome = :outcome)
              AND (CAST(:from AS timestamptz) IS NULL OR at >= :from)
              AND (CAST(:to AS timestamptz) IS NULL OR at < :to)
            ORDER BY sequence DESC
            LIMIT :limit
            """;

    private final OrganizationJdbc jdbc;

    AuditSearchStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** What belongs together: as events refer to it, and as they are about it. */
    record Matter(Set<UUID> references, Set<String> targets) {
        Matter {
            references = Set.copyOf(references);
            targets = Set.copyOf(targets);
        }
    }

    /** The newest first, of those before a sequence number. */
    List<Recorded> page(AuditFilter filter, long before, int limit) {
        return bound(led(filter), filter, before, limit);
    }

    /** The same among what belongs together. */
    List<Recorded> page(Matter matter, AuditFilter filter, long before, int limit) {
        Statement statement = jdbc.sql(EVENTS
                        + "(approval_ref IN (:references) OR request_id IN (:references) OR target_id IN (:targets))"
                        + AND_THE_REST)
                .param("references", matter.references())
                .param("targets", matter.targets());
        return bound(statement, filter, before, limit);
    }

    /**
     * What belongs to a request, an approval, a workflow or an evidence package: it, what the events that are about it or under
     * it refer to, and what those are about in turn.
     */
    Matter matter(UUID id) {
        Set<UUID> references = new HashSet<>(references(id));
        references.add(id);
        Set<String> targets = new HashSet<>(targets(references));
        targets.add(id.toString());
        return new Matter(references, targets);
    }

    private List<UUID> references(UUID id) {
        return jdbc.sql("""
                SELECT approval_ref
                FROM audit_event
                WHERE organization_id = :organizationId
                  AND (approval_ref = :id OR request_id = :id OR target_id = :target) AND approval_ref IS NOT NULL
                UNION
                SELECT request_id
                FROM audit_event
                WHERE organization_id = :organizationId
                  AND (approval_ref = :id OR request_id = :id OR target_id = :target) AND request_id IS NOT NULL
                LIMIT :most
                """)
                .param("id", id)
                .param("target", id.toString())
                .param("most", MOST_PARTS)
                .list((row, _) -> row.getObject(1, UUID.class));
    }

    private List<String> targets(Set<UUID> references) {
        return jdbc.sql("""
                SELECT DISTINCT target_id
                FROM audit_event
                WHERE organization_id = :organizationId
                  AND (approval_ref IN (:references) OR request_id IN (:references))
                  AND target_type IN ('approval', 'evidence-package', 'execution', 'request', 'workflow')
                LIMIT :most
                """)
                .param("references", references)
                .param("most", MOST_PARTS)
                .list((row, _) -> row.getString(1));
    }

    /** The condition that leaves least leads. */
    private Statement led(AuditFilter filter) {
        if (filter.approvalRef() != null) {
            return jdbc.sql(EVENTS + "approval_ref = :approvalRef" + AND_THE_REST);
        }
        if (filter.requestId() != null) {
            return jdbc.sql(EVENTS + "request_id = :requestId" + AND_THE_REST);
        }
        if (filter.targetId() != null) {
            return jdbc.sql(EVENTS + "target_id = :targetId" + AND_THE_REST);
        }
        if (filter.outcome() != null && filter.outcome() != AuditEvent.Outcome.SUCCEEDED) {
            return jdbc.sql(EVENTS + "outcome = :outcome AND outcome <> 'succeeded'" + AND_THE_REST);
        }
        return filter.actor() == null ? ledByKind(filter) : jdbc.sql(EVENTS + "actor = :actor" + AND_THE_REST);
    }

    private Statement ledByKind(AuditFilter filter) {
        if (filter.exactAction().isPresent()) {
            return jdbc.sql(EVENTS + "action = :action" + AND_THE_REST);
        }
        if (filter.noun().isPresent()) {
            return jdbc.sql(EVENTS + "noun = :noun" + AND_THE_REST);
        }
        if (filter.targetType() != null) {
            return jdbc.sql(EVENTS + "target_type = :targetType" + AND_THE_REST);
        }
        return filter.from() == null && filter.to() == null
                ? jdbc.sql(EVENTS + "sequence >= 0" + AND_THE_REST)
                : jdbc.sql(EVENTS + "at >= :notBefore AND at < :notAfter" + AND_THE_REST)
                        .param("notBefore", filter.notBefore())
                        .param("notAfter", filter.before());
    }

    private static List<Recorded> bound(Statement statement, AuditFilter filter, long before, int limit) {
        return statement
                .param("approvalRef", filter.approvalRef())
                .param("requestId", filter.requestId())
                .param("targetId", filter.targetId())
                .param("actor", filter.actor())
                .param("action", filter.exactAction().orElse(null))
                .param("noun", filter.noun().orElse(null))
                .param("targetType", filter.targetType())
                .param("outcome", filter.outcome())
                .param("from", filter.from())
                .param("to", filter.to())
                .param("before", before)
                .param("limit", limit)
                .list((row, _) -> AuditTrailStore.recorded(row));
    }
}
