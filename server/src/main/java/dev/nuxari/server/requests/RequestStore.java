package dev.nuxari.server.requests;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Risk;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.access.AccountId;
import dev.nuxari.server.access.EntitlementId;
import dev.nuxari.server.approvals.ApprovalId;
import dev.nuxari.server.redaction.RedactedText;
import dev.nuxari.server.requests.Request.Question;
import dev.nuxari.server.requests.Request.State;
import dev.nuxari.server.requests.Request.Subject;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import dev.nuxari.server.workflow.Operation;
import dev.nuxari.server.workflow.WorkflowId;
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
class RequestStore {
    private final OrganizationJdbc jdbc;

    RequestStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** What a request repeats in the words of people and of governed systems. */
    record Words(
            RedactedText justification,
            RedactedText connectorName,
            RedactedText accountName,
            @Nullable RedactedText entitlementName) {}

    void add(Request request, Words words) {
        Subject subject = request.subject();
        jdbc.sql("""
                INSERT INTO request
                    (organization_id, request_id, requester, beneficiary, operation, connector_id, connector_name,
                    account_id, account_name, entitlement_id, entitlement_name, risk, justification, approval_id,
                    plan_hash, workflow_id, created_at)
                VALUES
                    (:organizationId, :id, :requester, :beneficiary, :operation, :connector, :connectorName,
                    :account, :accountName, :entitlement, :entitlementName, :risk, :justification, :approval,
                    :plan, :workflow, :createdAt)
                """)
                .param("id", request.id().value())
                .param("requester", request.requester().value())
                .param(
                        "beneficiary",
                        Optional.ofNullable(request.beneficiary())
                                .map(MemberId::value)
                                .orElse(null))
                .param("operation", subject.operation())
                .param("connector", subject.connector().value())
                .param("connectorName", words.connectorName().text())
                .param("account", subject.account().value())
                .param("accountName", words.accountName().text())
                .param(
                        "entitlement",
                        Optional.ofNullable(subject.entitlement())
                                .map(EntitlementId::value)
                                .orElse(null))
                .param(
                        "entitlementName",
                        Optional.ofNullable(words.entitlementName())
                                .map(RedactedText::text)
                                .orElse(null))
                .param("risk", request.risk())
                .param("justification", words.justification().text())
                .param("approval", request.question().approval().value())
                .param("plan", request.question().plan().hex())
                .param("workflow", request.question().workflow().value())
                .param("createdAt", request.createdAt())
                .update();
    }

    Optional<Request> find(RequestId id) {
        return jdbc.sql("""
                SELECT request_id, state, requester, beneficiary, operation, connector_id, connector_name, account_id,
                    account_name, entitlement_id, entitlement_name, risk, justification, approval_id, plan_hash,
                    workflow_id, created_at, decided_at
                FROM request
                WHERE organization_id = :organizationId AND request_id = :id
                """).param("id", id.value()).optional((row, _) -> request(row));
    }

    /** The newest first: ids grow with time. */
    List<Request> list(@Nullable State state, UUID before, int limit) {
        return jdbc.sql("""
                SELECT request_id, state, requester, beneficiary, operation, connector_id, connector_name, account_id,
                    account_name, entitlement_id, entitlement_name, risk, justification, approval_id, plan_hash,
                    workflow_id, created_at, decided_at
                FROM request
                WHERE organization_id = :organizationId AND request_id < :before
                    AND (:state::text IS NULL OR state = :state)
                ORDER BY request_id DESC
                LIMIT :limit
                """)
                .param("state", state)
                .param("before", before)
                .param("limit", limit)
                .list((row, _) -> request(row));
    }

    /** The same, of those that concern one member. */
    List<Request> listOf(MemberId person, @Nullable State state, UUID before, int limit) {
        return jdbc.sql("""
                SELECT request_id, state, requester, beneficiary, operation, connector_id, connector_name, account_id,
                    account_name, entitlement_id, entitlement_name, risk, justification, approval_id, plan_hash,
                    workflow_id, created_at, decided_at
                FROM request
                WHERE organization_id = :organizationId AND request_id < :before
                    AND (requester = :person OR beneficiary = :person)
                    AND (:state::text IS NULL OR state = :state)
                ORDER BY request_id DESC
                LIMIT :limit
                """)
                .param("person", person.value())
                .param("state", state)
                .param("before", before)
                .param("limit", limit)
                .list((row, _) -> request(row));
    }

    /** Settles what is not settled yet. */
    void settle(ApprovalId approval, State state, Instant at) {
        jdbc.sql("""
                UPDATE request
                SET state = :state, decided_at = :at
                WHERE organization_id = :organizationId AND approval_id = :approval AND state = 'submitted'
                """)
                .param("state", state)
                .param("at", at)
                .param("approval", approval.value())
                .update();
    }

    private static Request request(ResultSet row) throws SQLException {
        return new Request(
                id(row),
                Spelling.parse(State.class, row.getString("state")),
                new MemberId(row.getObject("requester", UUID.class)),
                optional(row, "beneficiary").map(MemberId::new).orElse(null),
                subject(row),
                Spelling.parse(Risk.class, row.getString("risk")),
                row.getString("justification"),
                new Question(
                        new ApprovalId(row.getObject("approval_id", UUID.class)),
                        new PlanHash(row.getString("plan_hash")),
                        new WorkflowId(row.getObject("workflow_id", UUID.class))),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("decided_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant)
                        .orElse(null));
    }

    private static Subject subject(ResultSet row) throws SQLException {
        return new Subject(
                Spelling.parse(Operation.class, row.getString("operation")),
                new ConnectorId(row.getObject("connector_id", UUID.class)),
                row.getString("connector_name"),
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getString("account_name"),
                optional(row, "entitlement_id").map(EntitlementId::new).orElse(null),
                row.getString("entitlement_name"));
    }

    private static RequestId id(ResultSet row) throws SQLException {
        return new RequestId(row.getObject("request_id", UUID.class));
    }

    private static Optional<UUID> optional(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, UUID.class));
    }
}
