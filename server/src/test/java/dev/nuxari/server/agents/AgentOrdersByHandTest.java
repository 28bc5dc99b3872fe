package dev.nuxari.server.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.testing.ServerTest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The order of a permitted attempt, written by hand. */
@ServerTest
@Claim({"A3", "E4"})
class AgentOrdersByHandTest extends AgentStatements {
    private static final String NO_PERMIT = "no permit for this order";

    @Test
    void orderIsTheOneThatWasGranted() {
        UUID approval = grantedWhileNobodyCarriesItOut();
        Order good = new Order(approval, ":host", "w.workflow_id", "w.approval_ref", "w.plan_hash", "1", "SELECT 1");

        assertThatThrownBy(() -> ordered(good)).hasMessage("taken");
        for (Order wrong : List.of(
                good.of(":colleague", "w.workflow_id", "w.approval_ref", "w.plan_hash", "1"),
                good.of(":host", "gen_random_uuid()", "w.approval_ref", "w.plan_hash", "1"),
                good.of(":host", "w.workflow_id", "gen_random_uuid()", "w.plan_hash", "1"),
                good.of(":host", "w.workflow_id", "w.approval_ref", "repeat('a', 64)", "1"),
                good.of(":host", "w.workflow_id", "w.approval_ref", "w.plan_hash", "2"),
                good.after("INSERT INTO execution_outcome (organization_id, execution_id, outcome, at)"
                        + " SELECT organization_id, execution_id, 'failed', now() FROM execution"))) {
            assertThatThrownBy(() -> ordered(wrong)).as(wrong.toString()).hasStackTraceContaining(NO_PERMIT);
        }
        String of = " WHERE agent_id = '" + host.id() + "'";
        beyondTheTriggers(List.of("UPDATE agent SET state = 'lost', ended_at = now(), ended_by = created_by" + of));
        assertThatThrownBy(() -> ordered(good)).hasStackTraceContaining(NO_PERMIT);
        beyondTheTriggers(List.of("UPDATE agent SET state = 'active', ended_at = NULL, ended_by = NULL" + of));

        scope.run(ground.organization().id(), system("workflow"), () -> permitted(good));
        for (String change : List.of("expires_at = expires_at - interval '1 year'", "state = 'withdrawn'")) {
            beyondTheTriggers(List.of("UPDATE approval SET " + change + " WHERE approval_id = '" + approval + "'"));
            assertThatThrownBy(() -> run(system("workflow"), good.sql()))
                    .as("by the permit of another transaction, and %s", change)
                    .hasStackTraceContaining(NO_PERMIT);
        }
    }

    /** An approval of which no attempt has begun: the agent was lost for a moment when it was granted. */
    private UUID grantedWhileNobodyCarriesItOut() {
        String of = " WHERE agent_id = '" + host.id() + "'";
        Json.Obj ordered = ground.ordered(host);
        ground.approve(ordered, Role.APPROVER);
        beyondTheTriggers(List.of("UPDATE agent SET state = 'lost', ended_at = now(), ended_by = created_by" + of));
        ground.approve(ordered, Role.ADMIN);
        String workflow = "/workflows/" + ordered.string("workflowId");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> ground.owner().get(workflow).json().string("state").equals("failed"));
        beyondTheTriggers(List.of("UPDATE agent SET state = 'active', ended_at = NULL, ended_by = NULL" + of));
        return UUID.fromString(ordered.string("approvalId"));
    }

    /** An order as it is written by hand; {@code before} comes between its permit and it. */
    private record Order(
            UUID approval, String agent, String workflow, String named, String plan, String step, String before) {
        Order of(String another, String ofWorkflow, String ofApproval, String ofPlan, String ofStep) {
            return new Order(approval, another, ofWorkflow, ofApproval, ofPlan, ofStep, before);
        }

        Order after(String statement) {
            return new Order(
                    approval,
                    agent,
                    workflow,
                    named,
                    plan,
                    step,
                    statement + " WHERE approval_ref = '" + approval + "'");
        }

        String sql() {
            return """
                    INSERT INTO agent_package (organization_id, package_id, agent_id, execution_id, workflow_id, approval_ref, plan_hash,
                                               step, sequence, package_hash, envelope, event_index, created_at, expires_at)
                    SELECT w.organization_id, gen_random_uuid(), %s, w.execution_id, %s, %s, %s, %s, 99,
                           repeat('a', 64), '{}', 0, now(), now() + interval '1 hour'
                    FROM execution w WHERE w.approval_ref = '%s'
                    """.formatted(agent, workflow, named, plan, step, approval);
        }
    }

    private void permitted(Order order) {
        server.sql("""
                INSERT INTO execution (organization_id, execution_id, workflow_id, step, attempt, approval_ref, plan_hash, at)
                SELECT organization_id, gen_random_uuid(), workflow_id, 1, 1, approval_ref, plan_hash, now()
                FROM workflow WHERE approval_ref = '%s'
                """.formatted(order.approval())).update();
        server.sql("""
                INSERT INTO execution_redemption (organization_id, execution_id, at)
                SELECT organization_id, execution_id, now() FROM execution WHERE approval_ref = '%s'
                """.formatted(order.approval())).update();
    }

    /** In one transaction, which is rolled back at the end. */
    private void ordered(Order order) {
        scope.run(ground.organization().id(), system("workflow"), () -> {
            permitted(order);
            if (order.before().startsWith("INSERT")) {
                server.sql(order.before()).update();
            }
            assertThat(statement(server, order.sql())).isEqualTo(1);
            throw new IllegalStateException("taken");
        });
    }
}
