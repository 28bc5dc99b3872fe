package dev.nuxari.server.approvals;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Risk;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.approvals.Answer.Verdict;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class ApprovalStore {
    private final OrganizationJdbc jdbc;

    ApprovalStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    ApprovalId nextId() {
        return jdbc.sql("SELECT uuidv7() AS id, CAST(:organizationId AS uuid)")
                .single((row, _) -> new ApprovalId(row.getObject("id", UUID.class)));
    }

    void add(Question question) {
        jdbc.sql("""
                INSERT INTO approval (organization_id, approval_id, plan_hash, plan, risk, policy, requester, beneficiary,
                                      state, expires_at, created_at)
                VALUES (:organizationId, :id, :hash, :plan, :risk, :policy, :requester, :beneficiary,
                        'open', :expires, :created)
                """)
                .param("id", question.id().value())
                .param("hash", question.planHash().hex())
                .param("plan", question.plan())
                .param("risk", question.risk())
                .param("policy", question.policy().name())
                .param("requester", question.requester().value())
                .param(
                        "beneficiary",
                        question.beneficiary().map(MemberId::value).orElse(null))
                .param("expires", question.expiresAt())
                .param("created", question.createdAt())
                .update();
        for (Stage stage : question.policy().stages()) {
            addStage(question.id(), stage);
        }
    }

    private void addStage(ApprovalId id, Stage stage) {
        jdbc.sql("""
                INSERT INTO approval_stage (organization_id, approval_id, position, name, quorum, roles)
                VALUES (:organizationId, :id, :position, :name, :quorum, string_to_array(:roles, ','))
                """)
                .param("id", id.value())
                .param("position", stage.position())
                .param("name", stage.name())
                .param("quorum", stage.quorum())
                .param(
                        "roles",
                        stage.roles().stream().map(Spelling::of).sorted().collect(Collectors.joining(",")))
                .update();
    }

    /** Locks the row until the scope closes, so that two approvers cannot both miss the quorum. */
    Optional<Approval> lock(ApprovalId id) {
        return jdbc.sql("""
                SELECT approval_id, plan_hash, plan, risk, policy, requester, beneficiary, state, expires_at, created_at
                FROM approval
                WHERE organization_id = :organizationId AND approval_id = :id
                FOR UPDATE
                """).param("id", id.value()).optional((row, _) -> approval(row));
    }

    Optional<Approval> find(ApprovalId id) {
        return jdbc.sql("""
                SELECT approval_id, plan_hash, plan, risk, policy, requester, beneficiary, state, expires_at, created_at
                FROM approval
                WHERE organization_id = :organizationId AND approval_id = :id
                """).param("id", id.value()).optional((row, _) -> approval(row));
    }

    /** The newest first: ids are UUIDv7. */
    List<Approval> list(@Nullable String state, @Nullable UUID before, int limit) {
        return jdbc.sql("""
                SELECT approval_id, plan_hash, plan, risk, policy, requester, beneficiary, state, expires_at, created_at
                FROM approval
                WHERE organization_id = :organizationId
                  AND (CAST(:state AS text) IS NULL OR state = :state)
                  AND (CAST(:before AS uuid) IS NULL OR approval_id < :before)
                ORDER BY approval_id DESC
                LIMIT :limit
                """)
                .param("state", state)
                .param("before", before)
                .param("limit", limit)
                .list((row, _) -> approval(row));
    }

    void addDecision(Question question, Decision decision) {
        Answer answer = decision.answer();
        jdbc.sql("""
                INSERT INTO approval_decision (organization_id, approval_id, member_id, stage, role, verdict, reason,
                                               plan_hash, at)
                VALUES (:organizationId, :id, :member, :stage, :role, :verdict, :reason, :hash, :at)
                """)
                .param("id", question.id().value())
                .param("member", answer.by().value())
                .param("stage", decision.stage())
                .param("role", answer.role())
                .param("verdict", answer.verdict())
                .param("reason", answer.reason())
                .param("hash", answer.seen().hex())
                .param("at", answer.at())
                .update();
    }

    void saveState(Approval approval) {
        jdbc.sql("UPDATE approval SET state = :state WHERE organization_id = :organizationId AND approval_id = :id")
                .param("state", approval.state())
                .param("id", approval.id().value())
                .update();
    }

    private Approval approval(ResultSet row) throws SQLException {
        var id = new ApprovalId(row.getObject("approval_id", UUID.class));
        var question = new Question(
                id,
                new PlanHash(row.getString("plan_hash")),
                row.getString("plan"),
                Spelling.parse(Risk.class, row.getString("risk")),
                new ApprovalPolicy(row.getString("policy"), stages(id)),
                new MemberId(row.getObject("requester", UUID.class)),
                Optional.ofNullable(row.getObject("beneficiary", UUID.class)).map(MemberId::new),
                instant(row, "created_at"),
                instant(row, "expires_at"));
        List<Decision> decisions = decisions(id);
        return switch (row.getString("state")) {
            case "open" -> new Approval.Open(question, decisions);
            case "granted" -> new Approval.Granted(question, decisions);
            case "rejected" -> new Approval.Rejected(question, decisions);
            case "expired" -> new Approval.Expired(question, decisions);
            case "withdrawn" -> new Approval.Withdrawn(question, decisions);
            case String other -> throw new IllegalStateException("no approval is " + other);
        };
    }

    private List<Stage> stages(ApprovalId id) {
        return jdbc.sql("""
                SELECT position, name, quorum, roles
                FROM approval_stage
                WHERE organization_id = :organizationId AND approval_id = :id
                ORDER BY position
                """)
                .param("id", id.value())
                .list((row, _) -> new Stage(
                        row.getInt("position"),
                        row.getString("name"),
                        row.getInt("quorum"),
                        roles(row.getArray("roles"))));
    }

    private List<Decision> decisions(ApprovalId id) {
        return jdbc.sql("""
                SELECT member_id, stage, role, verdict, reason, plan_hash, at
                FROM approval_decision
                WHERE organization_id = :organizationId AND approval_id = :id
                ORDER BY at, member_id
                """).param("id", id.value()).list((row, _) -> decision(row));
    }

    private static Decision decision(ResultSet row) throws SQLException {
        return new Decision(
                row.getInt("stage"),
                new Answer(
                        new MemberId(row.getObject("member_id", UUID.class)),
                        Role.parse(row.getString("role")),
                        Spelling.parse(Verdict.class, row.getString("verdict")),
                        row.getString("reason"),
                        new PlanHash(row.getString("plan_hash")),
                        instant(row, "at")));
    }

    private static Set<Role> roles(Array column) throws SQLException {
        return Stream.of((String[]) column.getArray()).map(Role::parse).collect(Collectors.toSet());
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
