package dev.nuxari.server.workflow;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static dev.nuxari.server.workflow.WorkflowFixtures.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Risk;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.approvals.Answer.Verdict;
import dev.nuxari.server.approvals.ApprovalId;
import dev.nuxari.server.approvals.Approvals;
import dev.nuxari.server.approvals.Ruling;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestOrganization;
import dev.nuxari.server.workflow.ExecutionGate.Attempt;
import dev.nuxari.server.workflow.Passage.Permitted;
import dev.nuxari.server.workflow.Passage.Reason;
import dev.nuxari.server.workflow.Passage.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Nothing privileged happens without a granted approval. The gate and the database both say so; each holds alone. */
@ServerTest
@Claim("A3")
class ExecutionGateTest {
    private static final PlanHash OTHER_PLAN = new PlanHash("b".repeat(64));

    @Autowired
    Approvals approvals;

    @Autowired
    WorkflowStore workflows;

    @Autowired
    ExecutionGate gate;

    @Autowired
    OrganizationScope scope;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    Redactor redactor;

    @Autowired
    JdbcClient unguarded;

    @Autowired
    ManualClock clock;

    private TestOrganization organization = TestOrganization.fresh();

    /** A workflow row and the approval it names, without the engine that would drive it on. */
    private record Asked(WorkflowId workflow, ApprovalId approval, PlanHash plan) {}

    @BeforeEach
    void freshOrganization() {
        organization = TestOrganization.fresh();
    }

    @AfterEach
    void clockIsRight() {
        clock.reset();
    }

    @Test
    void grantedApprovalPermitsItsPlan() {
        Asked asked = granted();

        assertThat(ask(asked)).isInstanceOfSatisfying(Permitted.class, permitted -> {
            assertThat(permitted.permit().approvalRef()).isEqualTo(asked.approval());
            assertThat(permitted.permit().plan()).isEqualTo(asked.plan());
            assertThat(permitted.permit().step().position()).isOne();
        });
        assertThat(executions()).isOne();
    }

    @Test
    void refusalIsAuditedAndNothingElse() {
        assertThat(ask(open())).isEqualTo(new Refused(Reason.NOT_GRANTED));

        assertThat(executions()).isZero();
        assertThat(outcomes()).containsExactly("refused");
    }

    @Test
    void permitServesOnce() {
        ExecutionPermit permit = ((Permitted) ask(granted())).permit();

        assertThat(gate.redeem(permit, engine())).isTrue();
        assertThat(gate.redeem(permit, engine())).isFalse();
    }

    @Test
    void permitIsOfNoUseAfterItsAttemptHasEnded() {
        ExecutionPermit permit = ((Permitted) ask(granted())).permit();
        beyondTheWalls()
                .sql("INSERT INTO execution_outcome VALUES (?, ?, 'interrupted', NULL, NULL, now())")
                .params(organization.id().value(), permit.execution().value())
                .update();

        assertThat(gate.redeem(permit, engine())).isFalse();
    }

    @Test
    void permitIsOfNoUseWhenItsTransactionDidNotCommit() {
        Asked asked = granted();
        var permits = new ArrayList<ExecutionPermit>();

        assertThatThrownBy(() -> scope.run(organization.id(), engine(), () -> {
                    permits.add(((Permitted) ask(asked)).permit());
                    throw new IllegalStateException("the transaction failed");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(gate.redeem(permits.getFirst(), engine())).isFalse();
    }

    @RepeatedTest(10)
    void attemptIsMadeByOneOfTwoDriversThatRaceForIt() throws Exception {
        Asked asked = granted();

        List<Future<Passage>> passages;
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Passage> race = () -> ask(asked);
            passages = executor.invokeAll(List.of(race, race));
        }

        assertThat(passages)
                .extracting(Future::resultNow)
                .hasAtLeastOneElementOfType(Permitted.class)
                .contains(new Refused(Reason.ATTEMPT_UNDERWAY));
    }

    @Nested
    class WithTheGateAlone {
        @BeforeEach
        void triggerIsOff() {
            beyondTheWalls()
                    .sql("ALTER TABLE execution DISABLE TRIGGER granted_approval")
                    .update();
        }

        @AfterEach
        void triggerIsOn() {
            beyondTheWalls()
                    .sql("ALTER TABLE execution ENABLE TRIGGER granted_approval")
                    .update();
        }

        @Test
        void gateWantsAGrantedApproval() {
            assertThat(ask(open())).isEqualTo(new Refused(Reason.NOT_GRANTED));
        }

        @Test
        void gateWantsTheApprovedPlan() {
            Asked asked = granted();

            assertThat(ask(new Asked(asked.workflow(), asked.approval(), OTHER_PLAN)))
                    .isEqualTo(new Refused(Reason.OTHER_PLAN));
        }

        @Test
        void gateWantsAStepOfThePlan() {
            Asked asked = granted();

            assertThat(gate.ask(
                            organization.id(),
                            engine(),
                            new Attempt(asked.workflow(), asked.approval(), asked.plan(), 2)))
                    .isEqualTo(new Refused(Reason.NO_SUCH_STEP));
        }

        @Test
        void gateWantsAnApprovalThatHasNotExpired() {
            Asked asked = granted();
            clock.advance(Duration.ofDays(7));

            assertThat(ask(asked)).isEqualTo(new Refused(Reason.EXPIRED));
        }

        @Test
        void gateWantsAnApprovalNoOtherWorkflowHasUsed() {
            Asked asked = granted();
            ask(asked);
            var other = new Asked(new WorkflowId(UUID.randomUUID()), asked.approval(), asked.plan());

            assertThat(ask(other)).isEqualTo(new Refused(Reason.CONSUMED));
        }

        @Test
        void gateWantsAnApprovalOfThisOrganization() {
            Asked asked = granted();
            TestOrganization other = TestOrganization.fresh();

            assertThat(gate.ask(
                            other.id(),
                            doorkeeper.admitSystem(other.id(), "workflow"),
                            new Attempt(asked.workflow(), asked.approval(), asked.plan(), 1)))
                    .isEqualTo(new Refused(Reason.NOT_GRANTED));
        }
    }

    @Nested
    class WithTheDatabaseAlone {
        @Test
        void handWrittenExecutionNeedsAGrantedApproval() {
            Asked asked = open();

            assertThatThrownBy(() -> execute(organization, asked)).hasStackTraceContaining("is not granted");
        }

        @Test
        void handWrittenExecutionNeedsTheApprovedPlan() {
            Asked asked = granted();

            assertThatThrownBy(() -> execute(organization, new Asked(asked.workflow(), asked.approval(), OTHER_PLAN)))
                    .hasStackTraceContaining("violates foreign key constraint");
        }

        @Test
        void handWrittenExecutionNeedsAnApprovalThatHasNotExpired() {
            Asked asked = granted();
            beyondTheWalls()
                    .sql("UPDATE approval SET expires_at = clock_timestamp() WHERE approval_id = ?")
                    .param(asked.approval().value())
                    .update();

            assertThatThrownBy(() -> execute(organization, asked)).hasStackTraceContaining("has expired");
        }

        @Test
        void handWrittenExecutionNeedsAnApprovalOfItsOwnOrganization() {
            Asked asked = granted();

            assertThatThrownBy(() -> execute(TestOrganization.fresh(), asked))
                    .hasStackTraceContaining("is not granted");
        }

        @Test
        void handWrittenGrantNeedsItsQuorum() {
            Asked asked = open();

            assertThatThrownBy(() -> inScope(
                            Role.ADMIN,
                            () -> unguarded
                                    .sql("UPDATE approval SET state = 'granted' WHERE approval_id = ?")
                                    .param(asked.approval().value())
                                    .update()))
                    .hasStackTraceContaining("has not reached its quorum");
        }

        @Test
        void handWrittenApprovalIsBornOpen() {
            Asked asked = open();

            assertThatThrownBy(() -> inScope(
                            Role.ADMIN,
                            () -> unguarded
                                    .sql("""
                                    INSERT INTO approval
                                    SELECT organization_id, uuidv7(), plan_hash, plan, risk, policy, requester, beneficiary,
                                           'granted', expires_at, created_at
                                    FROM approval WHERE approval_id = ?
                                    """)
                                    .param(asked.approval().value())
                                    .update()))
                    .hasStackTraceContaining("is born open");
        }

        @Test
        void nobodyWritesADecisionForSomebodyElse() {
            Asked asked = open();

            assertThatThrownBy(() -> inScope(Role.ADMIN, () -> decideByHand(asked, Role.APPROVER)))
                    .hasStackTraceContaining("is written by the person who decides");
        }

        @Test
        void nobodyDecidesByHandOnTheirOwnRequest() {
            Asked asked = openBy(Role.ADMIN);

            assertThatThrownBy(() -> inScope(Role.ADMIN, () -> decideByHand(asked, Role.ADMIN)))
                    .hasStackTraceContaining("may not decide");
        }

        @Test
        void stagesOfAQuestionAreSettled() {
            Asked asked = open();

            assertThatThrownBy(() -> inScope(
                            Role.ADMIN,
                            () -> unguarded
                                    .sql("INSERT INTO approval_stage VALUES (?, ?, 2, 'easy', 1, '{admin}')")
                                    .params(
                                            organization.id().value(),
                                            asked.approval().value())
                                    .update()))
                    .hasStackTraceContaining("are settled");
        }

        @Test
        void workflowDoesNotSkipItsValidationByHand() {
            Asked asked = granted();

            assertThatThrownBy(() -> inScope(
                            Role.ADMIN,
                            () -> unguarded
                                    .sql("UPDATE workflow SET state = 'completed' WHERE workflow_id = ?")
                                    .param(asked.workflow().value())
                                    .update()))
                    .hasStackTraceContaining("a workflow that is running cannot become completed");
        }

        private int decideByHand(Asked asked, Role as) {
            return unguarded
                    .sql("INSERT INTO approval_decision VALUES (?, ?, ?, 1, ?, 'approve', 'ok', ?, now())")
                    .params(
                            organization.id().value(),
                            asked.approval().value(),
                            organization.member(as).id().value(),
                            as.name().toLowerCase(java.util.Locale.ROOT),
                            asked.plan().hex())
                    .update();
        }

        private int execute(TestOrganization where, Asked asked) {
            return scope.within(
                    where.id(),
                    doorkeeper.admitSystem(where.id(), "workflow"),
                    () -> unguarded
                            .sql("INSERT INTO execution VALUES (?, uuidv7(), ?, 1, 1, ?, ?, now())")
                            .params(
                                    where.id().value(),
                                    asked.workflow().value(),
                                    asked.approval().value(),
                                    asked.plan().hex())
                            .update());
        }

        private int inScope(Role role, java.util.function.Supplier<Integer> work) {
            return scope.within(organization.id(), organization.caller(doorkeeper, role), work);
        }
    }

    private Asked open() {
        return openBy(Role.REQUESTER);
    }

    /** Listens to nobody: the approval is asked for without a submission, so that no engine drives the workflow. */
    private Asked openBy(Role role) {
        Caller requester = organization.caller(doorkeeper, role);
        return scope.within(organization.id(), requester, () -> {
            var question = approvals
                    .ask(
                            organization.id(),
                            requester,
                            new Approvals.Asking(
                                    redactor.redact(plan(requester, 1).toJson()),
                                    Risk.LOW,
                                    requester.memberId(),
                                    Optional.empty()))
                    .question();
            WorkflowId workflow = new WorkflowId(UUID.randomUUID());
            return new Asked(workflow, question.id(), question.planHash());
        });
    }

    private Asked granted() {
        Asked asked = open();
        var word = new Approvals.Word(Verdict.APPROVE, "checked the plan", asked.plan());
        assertThat(approvals.decide(
                        organization.id(), organization.caller(doorkeeper, Role.APPROVER), asked.approval(), word))
                .isInstanceOf(Ruling.Accepted.class);
        beyondTheWalls()
                .sql("""
                        INSERT INTO workflow (organization_id, workflow_id, request_id, approval_ref, plan_hash, requester,
                                              state, created_at)
                        VALUES (?, ?, uuidv7(), ?, ?, ?, 'running', ?)
                        """)
                .params(
                        organization.id().value(),
                        asked.workflow().value(),
                        asked.approval().value(),
                        asked.plan().hex(),
                        organization.member(Role.REQUESTER).id().value(),
                        java.time.OffsetDateTime.ofInstant(Instant.EPOCH, java.time.ZoneOffset.UTC))
                .update();
        return asked;
    }

    private Passage ask(Asked asked) {
        return gate.ask(organization.id(), engine(), new Attempt(asked.workflow(), asked.approval(), asked.plan(), 1));
    }

    private Caller engine() {
        return doorkeeper.admitSystem(organization.id(), "workflow");
    }

    private long executions() {
        return beyondTheWalls()
                .sql("SELECT count(*) FROM execution WHERE organization_id = ?")
                .param(organization.id().value())
                .query((row, _) -> row.getLong(1))
                .single();
    }

    private List<String> outcomes() {
        return beyondTheWalls()
                .sql("SELECT outcome FROM audit_event WHERE organization_id = ? AND action = 'execution.permit'")
                .param(organization.id().value())
                .query((row, _) -> String.valueOf(row.getString(1)))
                .list();
    }
}
