package dev.nuxari.server.workflow;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.approvals.ApprovalId;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Repository;

@Repository
class WorkflowStore {
    private final OrganizationJdbc jdbc;
    private final Redactor redactor;

    WorkflowStore(OrganizationJdbc jdbc, Redactor redactor) {
        this.jdbc = jdbc;
        this.redactor = redactor;
    }

    WorkflowId add(UUID request, ApprovalId approval, PlanHash plan, MemberId requester, Instant at) {
        return jdbc.sql("""
                INSERT INTO workflow (organization_id, workflow_id, request_id, approval_ref, plan_hash, requester, state,
                                      created_at)
                VALUES (:organizationId, uuidv7(), :request, :approval, :plan, :requester, 'awaiting-approval', :at)
                RETURNING workflow_id
                """)
                .param("request", request)
                .param("approval", approval.value())
                .param("plan", plan.hex())
                .param("requester", requester.value())
                .param("at", at)
                .single((row, _) -> new WorkflowId(row.getObject("workflow_id", UUID.class)));
    }

    Optional<Workflow> find(WorkflowId id) {
        return jdbc.sql("""
                SELECT workflow_id, request_id, approval_ref, plan_hash, requester, state, step, attempts, next_attempt_at,
                       failure_class, failure_reason, package_id, created_at, ended_at, version
                FROM workflow
                WHERE organization_id = :organizationId AND workflow_id = :id
                """).param("id", id.value()).optional((row, _) -> workflow(row));
    }

    List<Workflow> all(Collection<WorkflowId> ids) {
        return jdbc.sql("""
                SELECT workflow_id, request_id, approval_ref, plan_hash, requester, state, step, attempts, next_attempt_at,
                       failure_class, failure_reason, package_id, created_at, ended_at, version
                FROM workflow
                WHERE organization_id = :organizationId AND workflow_id = ANY (CAST(:ids AS uuid[]))
                """)
                .param("ids", ids.stream().map(WorkflowId::toString).toArray(String[]::new))
                .list((row, _) -> workflow(row));
    }

    /** Locks the row until the scope closes: whoever drives the workflow on, or takes it back, does so alone. */
    Optional<Workflow> lock(WorkflowId id) {
        return jdbc.sql("""
                SELECT workflow_id, request_id, approval_ref, plan_hash, requester, state, step, attempts, next_attempt_at,
                       failure_class, failure_reason, package_id, created_at, ended_at, version
                FROM workflow
                WHERE organization_id = :organizationId AND workflow_id = :id
                FOR UPDATE
                """).param("id", id.value()).optional((row, _) -> workflow(row));
    }

    Optional<WorkflowId> awaiting(ApprovalId approval) {
        return jdbc.sql("""
                SELECT workflow_id FROM workflow WHERE organization_id = :organizationId AND approval_ref = :approval
                """)
                .param("approval", approval.value())
                .optional((row, _) -> new WorkflowId(row.getObject("workflow_id", UUID.class)));
    }

    /** The newest first; of one requester, or of everybody. */
    List<Workflow> list(@Nullable MemberId requester, @Nullable WorkflowState state, @Nullable UUID before, int limit) {
        return jdbc.sql("""
                SELECT workflow_id, request_id, approval_ref, plan_hash, requester, state, step, attempts, next_attempt_at,
                       failure_class, failure_reason, package_id, created_at, ended_at, version
                FROM workflow
                WHERE organization_id = :organizationId
                  AND (CAST(:requester AS uuid) IS NULL OR requester = :requester)
                  AND (CAST(:state AS text) IS NULL OR state = :state)
                  AND (CAST(:before AS uuid) IS NULL OR workflow_id < :before)
                ORDER BY workflow_id DESC
                LIMIT :limit
                """)
                .param("requester", requester == null ? null : requester.value())
                .param("state", state)
                .param("before", before)
                .param("limit", limit)
                .list((row, _) -> workflow(row));
    }

    /**
     * Writes what changed.
     *
     * @throws OptimisticLockingFailureException if somebody else has driven the workflow on since it was read
     */
    void save(Workflow workflow) {
        int changed = jdbc.sql("""
                UPDATE workflow
                SET state = :state, step = :step, attempts = :attempts, next_attempt_at = :next, failure_class = :class,
                    failure_reason = :reason, package_id = :package, ended_at = :ended, version = version + 1
                WHERE organization_id = :organizationId AND workflow_id = :id AND version = :version
                """)
                .param("state", workflow.state())
                .param("step", workflow.step())
                .param("attempts", workflow.attempts())
                .param("next", workflow.nextAttemptAt().orElse(null))
                .param(
                        "class",
                        workflow.failure().map(Workflow.Failure::failureClass).orElse(null))
                .param(
                        "reason",
                        workflow.failure().map(why -> why.reason().text()).orElse(null))
                .param("package", workflow.evidencePackage().orElse(null))
                .param("ended", workflow.endedAt().orElse(null))
                .param("id", workflow.id().value())
                .param("version", workflow.version())
                .update();
        if (changed != 1) {
            throw new OptimisticLockingFailureException(
                    "workflow " + workflow.id() + " was driven on by somebody else");
        }
    }

    void addEntry(WorkflowId workflow, Entry entry) {
        jdbc.sql("""
                INSERT INTO workflow_entry (organization_id, workflow_id, at, kind, step, detail)
                VALUES (:organizationId, :workflow, :at, :kind, :step, :detail)
                """)
                .param("workflow", workflow.value())
                .param("at", entry.at())
                .param("kind", entry.kind())
                .param("step", entry.step())
                .param("detail", entry.detail().text())
                .update();
    }

    List<Entry> entries(WorkflowId workflow) {
        return jdbc.sql("""
                SELECT at, kind, step, detail
                FROM workflow_entry
                WHERE organization_id = :organizationId AND workflow_id = :workflow
                ORDER BY entry_id
                """)
                .param("workflow", workflow.value())
                .list((row, _) -> new Entry(
                        instant(row, "at").orElseThrow(),
                        Spelling.parse(Entry.Kind.class, row.getString("kind")),
                        row.getObject("step", Integer.class),
                        redactor.redact(row.getString("detail"))));
    }

    private Workflow workflow(ResultSet row) throws SQLException {
        return new Workflow(
                new WorkflowId(row.getObject("workflow_id", UUID.class)),
                row.getObject("request_id", UUID.class),
                new ApprovalId(row.getObject("approval_ref", UUID.class)),
                new PlanHash(row.getString("plan_hash")),
                new MemberId(row.getObject("requester", UUID.class)),
                Spelling.parse(WorkflowState.class, row.getString("state")),
                row.getInt("step"),
                row.getInt("attempts"),
                instant(row, "next_attempt_at"),
                failure(row),
                Optional.ofNullable(row.getObject("package_id", UUID.class)),
                instant(row, "created_at").orElseThrow(),
                instant(row, "ended_at"),
                row.getInt("version"));
    }

    /** What was redacted is left as it is; only the redactor makes its type. */
    private Optional<Workflow.Failure> failure(ResultSet row) throws SQLException {
        String failureClass = row.getString("failure_class");
        return failureClass == null
                ? Optional.empty()
                : Optional.of(new Workflow.Failure(
                        Spelling.parse(FailureClass.class, failureClass),
                        redactor.redact(row.getString("failure_reason"))));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
