package dev.nuxari.server.approvals;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Risk;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.approvals.Answer.Verdict;
import dev.nuxari.server.redaction.Redacted;
import dev.nuxari.server.redaction.RedactedText;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class ApprovalStore {
    private static final String SELECT = """
            SELECT a.approval_id, a.plan_hash, a.plan, a.risk, a.policy, a.requester, a.beneficiary, a.state, a.expires_at,
                   a.created_at,
                   (SELECT json_agg(json_build_object('position', s.position, 'name', s.name, 'quorum', s.quorum,
                                                      'roles', s.roles) ORDER BY s.position)
                    FROM approval_stage s
                    WHERE s.organization_id = :organizationId AND s.approval_id = a.approval_id) AS stages,
                   (SELECT json_agg(json_build_object('member', d.member_id, 'stage', d.stage, 'role', d.role,
                                                      'acr', d.acr, 'verdict', d.verdict, 'reason', d.reason, 'planHash', d.plan_hash,
                                                      'at', d.at) ORDER BY d.at, d.member_id)
                    FROM approval_decision d
                    WHERE d.organization_id = :organizationId AND d.approval_id = a.approval_id) AS decisions
            FROM approval a
            WHERE a.organization_id = :organizationId
            """;

    private final OrganizationJdbc jdbc;

    ApprovalStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps the plan exactly as it was hashed. */
    void add(Question question, Redacted plan) {
        jdbc.sql("""
                INSERT INTO approval (organization_id, approval_id, plan_hash, plan, risk, policy, requester, beneficiary,
                                      state, expires_at, created_at)
                VALUES (:organizationId, :id, :hash, :plan, :risk, :policy, :requester, :beneficiary,
                        'open', :expires, :created)
                """)
                .param("id", question.id().value())
                .param("hash", question.planHash().hex())
                .param("plan", plan.json().canonical())
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

    /**
     * Locks the row until the scope closes, so that two approvers cannot both miss the quorum. Reads in a second statement:
     * the first one has not seen what was decided while it waited.
     */
    Optional<Approval> lock(ApprovalId id) {
        return jdbc.sql("""
                SELECT approval_id FROM approval WHERE organization_id = :organizationId AND approval_id = :id FOR UPDATE
                """).param("id", id.value()).optional((_, _) -> id).flatMap(this::find);
    }

    Optional<Approval> find(ApprovalId id) {
        return jdbc.sql(SELECT + "AND a.approval_id = :id")
                .param("id", id.value())
                .optional((row, _) -> approval(row));
    }

    /** The newest first: ids are UUIDv7. */
    List<Approval> list(@Nullable String state, @Nullable UUID before, int limit) {
        return jdbc.sql(SELECT + """
                  AND (CAST(:state AS text) IS NULL OR a.state = :state)
                  AND (CAST(:before AS uuid) IS NULL OR a.approval_id < :before)
                ORDER BY a.approval_id DESC
                LIMIT :limit
                """)
                .param("state", state)
                .param("before", before)
                .param("limit", limit)
                .list((row, _) -> approval(row));
    }

    void addDecision(Question question, Decision decision, RedactedText reason) {
        Answer answer = decision.answer();
        jdbc.sql("""
                INSERT INTO approval_decision (organization_id, approval_id, member_id, stage, role, acr, verdict,
                                               reason, plan_hash, at)
                VALUES (:organizationId, :id, :member, :stage, :role, :acr, :verdict, :reason, :hash, :at)
                """)
                .param("id", question.id().value())
                .param("member", answer.by().value())
                .param("stage", decision.stage())
                .param("role", answer.role())
                .param("acr", answer.acr())
                .param("verdict", answer.verdict())
                .param("reason", reason.text())
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

    private static Approval approval(ResultSet row) throws SQLException {
        var id = new ApprovalId(row.getObject("approval_id", UUID.class));
        var question = new Question(
                id,
                new PlanHash(row.getString("plan_hash")),
                row.getString("plan"),
                Spelling.parse(Risk.class, row.getString("risk")),
                new ApprovalPolicy(row.getString("policy"), stages(row)),
                new MemberId(row.getObject("requester", UUID.class)),
                Optional.ofNullable(row.getObject("beneficiary", UUID.class)).map(MemberId::new),
                instant(row, "created_at"),
                instant(row, "expires_at"));
        List<Decision> decisions = decisions(row);
        return switch (row.getString("state")) {
            case "open" -> new Approval.Open(question, decisions);
            case "granted" -> new Approval.Granted(question, decisions);
            case "rejected" -> new Approval.Rejected(question, decisions);
            case "expired" -> new Approval.Expired(question, decisions);
            case "withdrawn" -> new Approval.Withdrawn(question, decisions);
            case String other -> throw new IllegalStateException("no approval is " + other);
        };
    }

    private static List<Stage> stages(ResultSet row) throws SQLException {
        return objects(row, "stages")
                .map(stage -> new Stage(
                        (int) stage.integer("position"),
                        stage.string("name"),
                        (int) stage.integer("quorum"),
                        stage.strings("roles").stream().map(Role::parse).collect(Collectors.toSet())))
                .toList();
    }

    private static List<Decision> decisions(ResultSet row) throws SQLException {
        return objects(row, "decisions")
                .map(decision -> new Decision(
                        (int) decision.integer("stage"),
                        new Answer(
                                MemberId.parse(decision.string("member")),
                                Role.parse(decision.string("role")),
                                decision.optionalString("acr").orElse(null),
                                Spelling.parse(Verdict.class, decision.string("verdict")),
                                decision.string("reason"),
                                new PlanHash(decision.string("planHash")),
                                OffsetDateTime.parse(decision.string("at")).toInstant())))
                .toList();
    }

    /** What a subselect aggregated: null when it found nothing. */
    private static Stream<Json.Obj> objects(ResultSet row, String column) throws SQLException {
        String aggregated = row.getString(column);
        return aggregated == null
                ? Stream.empty()
                : Json.parseObject("{\"items\":" + aggregated + "}").objects("items").stream();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
