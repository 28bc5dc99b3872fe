package dev.nuxari.server.workflow;

import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class ExecutionStore {
    private final OrganizationJdbc jdbc;

    ExecutionStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    boolean isConsumedByAnother(ExecutionGate.Attempt attempt) {
        return jdbc.sql("""
                SELECT EXISTS (
                    SELECT FROM execution
                    WHERE organization_id = :organizationId AND approval_ref = :approval AND workflow_id <> :workflow
                )
                """)
                .param("approval", attempt.approvalRef().value())
                .param("workflow", attempt.workflow().value())
                .single((row, _) -> row.getBoolean(1));
    }

    ExecutionId record(ExecutionGate.Attempt attempt, Instant at) {
        return jdbc.sql("""
                INSERT INTO execution (organization_id, execution_id, workflow_id, step, attempt, approval_ref, plan_hash, at)
                SELECT CAST(:organizationId AS uuid), uuidv7(), :workflow, :step,
                       (SELECT count(*) + 1 FROM execution
                        WHERE organization_id = :organizationId AND workflow_id = :workflow AND step = :step),
                       :approval, :plan, :at
                RETURNING execution_id
                """)
                .param("workflow", attempt.workflow().value())
                .param("step", attempt.step())
                .param("approval", attempt.approvalRef().value())
                .param("plan", attempt.plan().hex())
                .param("at", at)
                .single((row, _) -> new ExecutionId(row.getObject("execution_id", UUID.class)));
    }

    /** Adds the one redemption a permit has. Answers false if it was redeemed, has ended, or is not (yet) on record. */
    boolean redeem(ExecutionPermit permit, Instant at) {
        return jdbc.sql("""
                INSERT INTO execution_redemption (organization_id, execution_id, at)
                SELECT CAST(:organizationId AS uuid), e.execution_id, :at
                FROM execution e
                WHERE e.organization_id = :organizationId AND e.execution_id = :execution AND e.plan_hash = :plan
                  AND e.approval_ref = :approval AND e.step = :step
                  AND NOT EXISTS (SELECT FROM execution_outcome o
                                  WHERE o.organization_id = :organizationId AND o.execution_id = e.execution_id)
                ON CONFLICT DO NOTHING
                RETURNING execution_id
                """)
                        .param("execution", permit.execution().value())
                        .param("plan", permit.plan().hex())
                        .param("approval", permit.approvalRef().value())
                        .param("step", permit.step().position())
                        .param("at", at)
                        .list((row, _) -> row.getObject(1, UUID.class))
                        .size()
                == 1;
    }

    /** One attempt, and what came of it if it has ended. */
    record Execution(
            ExecutionId id, int step, int attempt, Instant at, Optional<String> outcome, Optional<Instant> endedAt) {}

    List<Execution> of(WorkflowId workflow) {
        return jdbc.sql("""
                SELECT e.execution_id, e.step, e.attempt, e.at, o.outcome, o.at AS ended_at
                FROM execution e
                LEFT JOIN execution_outcome o ON o.organization_id = :organizationId AND o.execution_id = e.execution_id
                WHERE e.organization_id = :organizationId AND e.workflow_id = :workflow
                ORDER BY e.step, e.attempt
                """).param("workflow", workflow.value()).list((row, _) -> execution(row));
    }

    void end(ExecutionId execution, String outcome, Workflow.@Nullable Failure failure, Instant at) {
        jdbc.sql("""
                INSERT INTO execution_outcome (organization_id, execution_id, outcome, failure_class, failure_reason, at)
                VALUES (:organizationId, :execution, :outcome, :class, :reason, :at)
                """)
                .param("execution", execution.value())
                .param("outcome", outcome)
                .param("class", failure == null ? null : failure.failureClass())
                .param("reason", failure == null ? null : failure.reason().text())
                .param("at", at)
                .update();
    }

    private static Execution execution(ResultSet row) throws SQLException {
        return new Execution(
                new ExecutionId(row.getObject("execution_id", UUID.class)),
                row.getInt("step"),
                row.getInt("attempt"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getString("outcome")),
                Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }
}
