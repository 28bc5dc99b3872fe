package dev.nuxari.server.workflow;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static dev.nuxari.server.workflow.WorkflowFixtures.approve;
import static dev.nuxari.server.workflow.WorkflowFixtures.kinds;
import static dev.nuxari.server.workflow.WorkflowFixtures.submission;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.protocol.EvidenceVerification;
import dev.nuxari.protocol.EvidenceVerifier;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.server.approvals.Approvals;
import dev.nuxari.server.approvals.Ruling;
import dev.nuxari.server.audit.LogKeys;
import dev.nuxari.server.evidence.Evidence;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.testing.TestOrganization;
import dev.nuxari.server.workflow.Workflows.Answer;
import dev.nuxari.server.workflow.Workflows.Dossier;
import dev.nuxari.server.workflow.Workflows.Submitted;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/** An approved plan is carried out by itself, whatever happens on the way, and never otherwise. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {
            "nuxari.workflow.max-attempts=3",
            "nuxari.workflow.first-delay=20ms",
            "nuxari.timers.polling-interval=50ms"
        })
@Import(WorkflowTest.GovernedSystem.class)
class WorkflowTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    Workflows workflows;

    @Autowired
    Approvals approvals;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    InMemoryPerformer system;

    @Autowired
    Evidence evidence;

    @Autowired
    LogKeys keys;

    private TestOrganization organization = TestOrganization.fresh();

    @BeforeEach
    void givenOrganization() {
        organization = TestOrganization.fresh();
        WorkflowFixtures.knownSystem(organization.id());
    }

    @AfterEach
    void systemIsUp() {
        system.isUp();
    }

    @Test
    @Claim({"O1", "O3"})
    void grantedPlanIsCarriedOutByItself() {
        Submitted submitted = submit(1);

        assertThat(decide(submitted)).isInstanceOf(Ruling.Accepted.class);

        Dossier done = await(submitted, WorkflowState.COMPLETED);
        assertThat(kinds(done))
                .containsExactly("SUBMITTED", "GRANTED", "PERMITTED", "EXECUTED", "VALIDATED", "COMPLETED", "SEALED");
        assertThat(done.workflow().evidencePackage()).isPresent();
    }

    @Test
    void stepsAreCarriedOutInTheirOrder() {
        Submitted submitted = submit(3);
        decide(submitted);

        Dossier done = await(submitted, WorkflowState.COMPLETED);

        assertThat(done.steps())
                .extracting(Workflows.StepState::state)
                .containsOnly(Workflows.StepState.Progress.SUCCEEDED);
        assertThat(done.steps()).extracting(Workflows.StepState::attempts).containsExactly(1, 1, 1);
    }

    @Test
    @Claim("A3")
    void nothingIsOrderedBeforeTheApproval() {
        int before = system.orders();

        Submitted submitted = submit(1);

        assertThat(find(submitted).workflow().state()).isEqualTo(WorkflowState.AWAITING_APPROVAL);
        assertThat(system.orders()).isEqualTo(before);
        assertThat(executions(submitted)).isZero();
    }

    @Test
    void systemThatIsDownIsTriedAgainThenFailsAndARetryGoesOn() {
        system.isDown(new StepFailure(FailureClass.CONNECTOR, "The directory does not answer."));
        Submitted submitted = submit(1);
        decide(submitted);

        Dossier failed = await(submitted, WorkflowState.FAILED);
        assertThat(failed.workflow().failure())
                .hasValueSatisfying(why -> assertThat(why.reason().text()).isEqualTo("The directory does not answer."));
        assertThat(kinds(failed)).containsSubsequence("WAITING", "WAITING", "FAILED", "SEALED");

        system.isUp();
        assertThat(workflows.retry(organization.id(), caller(Role.ADMIN), submitted.workflow()))
                .isInstanceOf(Answer.Done.class);
        assertThat(await(submitted, WorkflowState.COMPLETED).workflow().failure())
                .isEmpty();
    }

    @Test
    @Claim({"A1", "V1"})
    void packagesBeforeAndAfterARetryVerifyOffline() {
        system.isDown(new StepFailure(FailureClass.PERMISSION, "The credential was refused."));
        Submitted submitted = submit(1);
        decide(submitted);
        Dossier failed = await(submitted, WorkflowState.FAILED);

        system.isUp();
        workflows.retry(organization.id(), caller(Role.ADMIN), submitted.workflow());
        Dossier done = await(submitted, WorkflowState.COMPLETED);

        assertThat(verified(failed)).isEqualTo("failed");
        assertThat(verified(done)).isEqualTo("completed");
    }

    @Test
    @Claim({"A1", "V1"})
    void stepIsOrderedAgainAfterAValidationThatFailed() {
        system.acceptsWithoutActing();
        Submitted submitted = submit(1);
        decide(submitted);
        Dossier failed = await(submitted, WorkflowState.FAILED);

        system.isUp();
        workflows.retry(organization.id(), caller(Role.ADMIN), submitted.workflow());
        Dossier done = await(submitted, WorkflowState.COMPLETED);

        assertThat(executions(submitted)).isEqualTo(2);
        assertThat(verified(failed)).isEqualTo("failed");
        assertThat(verified(done)).isEqualTo("completed");
    }

    @Test
    void refusalOfTheSystemIsNotRetriedByItself() {
        system.isDown(new StepFailure(FailureClass.PERMISSION, "The credential was refused."));
        Submitted submitted = submit(1);
        decide(submitted);

        assertThat(kinds(await(submitted, WorkflowState.FAILED))).doesNotContain("WAITING");
    }

    @Test
    void interruptedAttemptIsResolvedByObserving() {
        int before = system.orders();
        system.losesItsNextAnswer(new IllegalStateException("the server was killed here"));
        Submitted submitted = submit(1);
        decide(submitted);
        await(submitted, dossier -> system.orders() > before);

        retryNow();
        Dossier done = await(submitted, WorkflowState.COMPLETED);

        assertThat(kinds(done)).contains("RESOLVED");
        assertThat(system.orders()).isEqualTo(before + 1);
    }

    @Test
    void onlyAFailedWorkflowIsRetried() {
        Submitted submitted = submit(1);

        assertThat(workflows.retry(organization.id(), caller(Role.ADMIN), submitted.workflow()))
                .isEqualTo(new Answer.Refused(WorkflowRefusal.WORKFLOW_NOT_RETRYABLE));
    }

    @Test
    void cancelledWorkflowLeavesEvidenceAndCannotBeApproved() {
        Submitted submitted = submit(1);

        assertThat(workflows.cancel(organization.id(), caller(Role.REQUESTER), submitted.workflow()))
                .isInstanceOf(Answer.Done.class);

        assertThat(decide(submitted)).isInstanceOf(Ruling.Refused.class);
        assertThat(find(submitted).workflow().state()).isEqualTo(WorkflowState.CANCELLED);
        assertThat(find(submitted).workflow().evidencePackage()).isPresent();
    }

    @Test
    void strangersWorkflowIsUnknownToARequester() {
        Submitted submitted = submit(1);
        Caller stranger = organization.caller(doorkeeper, organization.enrol("stranger", Role.REQUESTER));

        assertThat(workflows.find(organization.id(), stranger, submitted.workflow()))
                .isEmpty();
    }

    @Test
    @Claim({"A1", "A5"})
    void everyStepOfTheLoopIsInTheLogWithoutGaps() {
        Submitted submitted = submit(1);
        decide(submitted);
        await(submitted, WorkflowState.COMPLETED);

        assertThat(actions())
                .containsExactly(
                        "approval.open",
                        "workflow.submit",
                        "approval.decide",
                        "execution.permit",
                        "execution.end",
                        "step.validate",
                        "workflow.complete",
                        "evidence.seal");
    }

    @Test
    @Claim({"A1", "V1", "V4"})
    void packageOfACompletedWorkflowVerifiesOffline() {
        Submitted submitted = submit(2);
        decide(submitted);
        Dossier done = await(submitted, WorkflowState.COMPLETED);

        assertThat(verified(done)).isEqualTo("completed");
        assertThat(exported(done)).isEqualTo(exported(done));
    }

    private byte[] exported(Dossier dossier) {
        UUID id = dossier.workflow().evidencePackage().orElseThrow();
        return evidence.export(organization.id(), caller(Role.AUDITOR), id).orElseThrow();
    }

    /** The outcome that its package proves. */
    private String verified(Dossier dossier) {
        byte[] file = exported(dossier);
        KeyManifest trusted = keys.manifest(organization.id(), caller(Role.AUDITOR));
        assertThat(EvidenceVerifier.verify(file, Optional.of(trusted)))
                .isInstanceOf(EvidenceVerification.Verified.class);
        return Json.parseObject(new String(file, StandardCharsets.UTF_8)).string("outcome");
    }

    private Submitted submit(int steps) {
        Caller requester = caller(Role.REQUESTER);
        return workflows.submit(organization.id(), requester, submission(requester, steps));
    }

    private Ruling decide(Submitted submitted) {
        return approvals.decide(
                organization.id(), caller(Role.APPROVER), submitted.approval(), approve(submitted.planHash()));
    }

    private Caller caller(Role role) {
        return organization.caller(doorkeeper, role);
    }

    private Dossier find(Submitted submitted) {
        return workflows
                .find(organization.id(), caller(Role.ADMIN), submitted.workflow())
                .orElseThrow();
    }

    private Dossier await(Submitted submitted, WorkflowState state) {
        return await(submitted, dossier -> dossier.workflow().state() == state);
    }

    private Dossier await(Submitted submitted, Predicate<Dossier> condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (; ; ) {
            Dossier dossier = find(submitted);
            if (condition.test(dossier)) {
                return dossier;
            }
            assertThat(System.nanoTime())
                    .as("still waiting: %s %s", dossier.workflow(), dossier.timeline())
                    .isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    /** A defect is tried again after a while; the test does not wait for it. */
    private static void retryNow() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (beyondTheWalls()
                        .sql(
                                "UPDATE scheduled_tasks SET execution_time = now() WHERE task_name = 'workflow' AND NOT picked"
                                        + " AND execution_time > ?")
                        .param(Instant.EPOCH.atOffset(java.time.ZoneOffset.UTC))
                        .update()
                == 0) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    private List<String> actions() {
        return beyondTheWalls()
                .sql("SELECT action FROM audit_event WHERE organization_id = ? ORDER BY sequence")
                .param(organization.id().value())
                .query((row, _) -> String.valueOf(row.getString(1)))
                .list();
    }

    private static int executions(Submitted submitted) {
        return beyondTheWalls()
                .sql("SELECT count(*) FROM execution WHERE workflow_id = ?")
                .param(submitted.workflow().value())
                .query((row, _) -> row.getInt(1))
                .single();
    }

    @TestConfiguration
    static class GovernedSystem {
        @Bean
        @Primary
        @org.springframework.core.annotation.Order(org.springframework.core.Ordered.HIGHEST_PRECEDENCE)
        InMemoryPerformer inMemoryPerformer(ExecutionGate gate) {
            return new InMemoryPerformer(gate);
        }
    }
}
