package dev.nuxari.server.connectors;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.platform.testing.SharedPostgres;
import dev.nuxari.server.approvals.Approvals;
import dev.nuxari.server.connectors.RegisteredConnector.Health;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestOrganization;
import dev.nuxari.server.vault.Secret;
import dev.nuxari.server.workflow.ExecutionGate;
import dev.nuxari.server.workflow.ExecutionPermit;
import dev.nuxari.server.workflow.FailureClass;
import dev.nuxari.server.workflow.Operation;
import dev.nuxari.server.workflow.Permits;
import dev.nuxari.server.workflow.PlannedStep;
import dev.nuxari.server.workflow.StepFailure;
import dev.nuxari.server.workflow.StepPerformer;
import dev.nuxari.server.workflow.StepPerformer.Condition;
import dev.nuxari.server.workflow.StepPerformer.Performed;
import dev.nuxari.server.workflow.Workflows;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the workflow sees of governed systems: steps that are looked at and performed, and classed failures. */
@ServerTest
class ConnectorStepsTest {
    @Autowired
    Connectors connectors;

    @Autowired
    SystemAccess systems;

    @Autowired
    Workflows workflows;

    @Autowired
    Approvals approvals;

    @Autowired
    ExecutionGate gate;

    @Autowired
    Doorkeeper doorkeeper;

    private final String account = "ann_" + UUID.randomUUID();
    private final String role = "wiki_" + UUID.randomUUID();
    private Caller admin;
    private Caller approver;
    private StepPerformer steps;

    @BeforeEach
    void givenARoleAndWhoMightHoldIt() {
        TestOrganization organization = TestOrganization.fresh();
        admin = organization.caller(doorkeeper, Role.ADMIN);
        approver = organization.caller(doorkeeper, Role.APPROVER);
        steps = new ConnectorSteps(systems);
        beyondTheWalls().sql("CREATE ROLE \"" + account + "\" LOGIN").update();
        beyondTheWalls().sql("CREATE ROLE \"" + role + "\"").update();
    }

    @Test
    @Claim("A3")
    void permittedStepIsPerformedOnce() {
        PlannedStep step = step(register(port()));
        ExecutionPermit permit = permit(step);

        assertThat(steps.perform(permit, admin)).isEqualTo(Performed.CHANGED);

        assertThat(look(step)).isEqualTo(new Condition(true, true, true));
        assertThatThrownBy(() -> steps.perform(permit, admin))
                .isInstanceOfSatisfying(
                        StepFailure.class,
                        failure -> assertThat(failure.failureClass()).isEqualTo(FailureClass.PERMISSION));
    }

    @Test
    @Claim("A3")
    void forgedPermitPerformsNothing() {
        PlannedStep step = step(register(port()));
        ExecutionPermit forged = Permits.forged(admin.organization(), step);

        assertThatThrownBy(() -> steps.perform(forged, admin)).isInstanceOf(StepFailure.class);

        assertThat(look(step).held()).isFalse();
    }

    @Test
    void systemThatIsDownIsAFailureThatMayPass() {
        ConnectorId connector = register(1);

        assertThatThrownBy(() -> look(step(connector)))
                .isInstanceOfSatisfying(
                        StepFailure.class,
                        failure -> assertThat(failure.isTransient()).isTrue());
        assertThat(health(connector)).isEqualTo(Health.UNREACHABLE);
    }

    @Test
    void connectorThatIsNotThereIsAFailureOfConfiguration() {
        assertThatThrownBy(() -> look(step(new ConnectorId(UUID.randomUUID()))))
                .isInstanceOfSatisfying(
                        StepFailure.class,
                        failure -> assertThat(failure.failureClass()).isEqualTo(FailureClass.CONFIGURATION));
    }

    @Test
    void observationCountsWhatItSaw() {
        ConnectorId connector = register(port());

        Observed observed = connectors.observe(admin.organization(), admin, connector);

        assertThat(observed.accounts()).extracting(Observed.Account::nativeId).contains(account);
        RegisteredConnector.Seen seen = connectors
                .find(admin.organization(), admin, connector)
                .orElseThrow()
                .seen()
                .orElseThrow();
        assertThat(seen.accounts()).isEqualTo(observed.accounts().size());
        assertThat(seen.entitlements()).isEqualTo(observed.entitlements().size());
        assertThat(health(connector)).isEqualTo(Health.HEALTHY);
    }

    @Test
    void systemWithoutAnExecutingCredentialIsOnlyObserved() {
        ConnectorId connector = register(port(), null);
        PlannedStep step = step(connector);

        assertThat(look(step).held()).isFalse();
        assertThatThrownBy(() -> steps.perform(permit(step), admin))
                .isInstanceOfSatisfying(
                        StepFailure.class,
                        failure -> assertThat(failure.failureClass()).isEqualTo(FailureClass.CONFIGURATION));
    }

    private Condition look(PlannedStep step) {
        return steps.look(admin.organization(), admin, step);
    }

    private ExecutionPermit permit(PlannedStep step) {
        return new Permits(workflows, approvals, gate).granted(admin, approver, step);
    }

    private Health health(ConnectorId connector) {
        return connectors
                .find(admin.organization(), admin, connector)
                .orElseThrow()
                .health();
    }

    private ConnectorId register(int port) {
        return register(port, superuser());
    }

    private ConnectorId register(int port, @Nullable Secret execute) {
        var settings = new Settings(Json.object(
                "host", "127.0.0.1", "port", port, "database", "postgres", "excludedRoles", List.of("postgres")));
        Registered registered = connectors.register(
                admin.organization(),
                admin,
                new Registration(ConnectorKind.POSTGRESQL, "Operations", settings, superuser(), execute));
        if (registered instanceof Registered.Accepted(RegisteredConnector connector)) {
            return connector.id();
        }
        throw new IllegalStateException("not registered: " + registered);
    }

    private static Secret superuser() {
        return Secret.of(Map.of(
                "username", "postgres", "password", SharedPostgres.instance().superuserPassword()));
    }

    private static int port() {
        String url = SharedPostgres.instance().jdbcUrl("postgres");
        return URI.create(url.substring("jdbc:".length())).getPort();
    }

    private PlannedStep step(ConnectorId connector) {
        return new PlannedStep(
                1,
                connector,
                "Operations",
                Operation.GRANT,
                new PlannedStep.Account(account, account),
                new PlannedStep.Entitlement("role", role, role));
    }
}
