package dev.nuxari.server.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.server.agents.AgentGround.Host;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestOrganization;
import dev.nuxari.server.workflow.Operation;
import dev.nuxari.server.workflow.PlannedStep;
import dev.nuxari.server.workflow.StepFailure;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What is asked before a step of an agent is let through. */
@ServerTest
@Claim({"A3", "E4"})
class AgentStepsTest {
    @Autowired
    TestHttp http;

    @Autowired
    ManualClock clock;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    AgentSteps steps;

    @SuppressWarnings("NullAway.Init")
    private AgentGround ground;

    @SuppressWarnings("NullAway.Init")
    private Host host;

    @BeforeEach
    void givenAnAgent() {
        ground = new AgentGround(http, clock, TestOrganization.fresh());
        host = ground.enrolled();
    }

    private static PlannedStep step(Operation operation, UUID connector, String account, UUID agent) {
        boolean named = operation == Operation.GRANT || operation == Operation.REVOKE;
        return new PlannedStep(
                1,
                new ConnectorId(connector),
                "db1",
                operation,
                new PlannedStep.Account(account, "db1.example"),
                named ? new PlannedStep.Entitlement("group", "ops", "ops") : null,
                new PlannedStep.Action(agent, "file-mode.set", Json.object()));
    }

    private boolean isDone(PlannedStep step) {
        Caller caller = doorkeeper.admitSystem(ground.organization().id(), "workflow");
        return steps.look(ground.organization().id(), caller, step).satisfies(step.operation());
    }

    /** Else it would never be carried out, and be said to be done. */
    @ParameterizedTest
    @EnumSource(Operation.class)
    void nothingIsDoneBeforeTheAgentHasSaidSo(Operation operation) {
        assertThat(isDone(step(operation, host.id(), host.id().toString(), host.id())))
                .isFalse();
    }

    @Test
    void stepThatNamesAnotherHostToItsApproversIsNone() {
        Host other = ground.enrolled();

        for (PlannedStep step : new PlannedStep[] {
            step(Operation.PERFORM, host.id(), host.id().toString(), other.id()),
            step(Operation.PERFORM, other.id(), host.id().toString(), other.id()),
            step(Operation.GRANT, host.id(), "ann", other.id())
        }) {
            assertThatThrownBy(() -> isDone(step))
                    .isInstanceOf(StepFailure.class)
                    .hasMessageContaining("another host");
        }
    }

    @Test
    void agentThatHasEndedOrIsAnOtherOrganizationsDoesNothing() {
        Host foreign = new AgentGround(http, clock, TestOrganization.fresh()).enrolled();
        ground.owner().post("/agents/" + host.id() + "/revocations", "{'lost': false}");

        for (Host one : new Host[] {host, foreign}) {
            PlannedStep step = step(Operation.PERFORM, one.id(), one.id().toString(), one.id());
            assertThatThrownBy(() -> isDone(step))
                    .isInstanceOf(StepFailure.class)
                    .hasMessageContaining("revoked or lost");
        }
    }
}
