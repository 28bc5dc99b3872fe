package dev.nuxari.server.vault;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.approvals.Approvals;
import dev.nuxari.server.keys.SealBroken;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestDatabase;
import dev.nuxari.server.testing.TestOrganization;
import dev.nuxari.server.workflow.ExecutionGate;
import dev.nuxari.server.workflow.ExecutionPermit;
import dev.nuxari.server.workflow.Operation;
import dev.nuxari.server.workflow.Permits;
import dev.nuxari.server.workflow.PlannedStep;
import dev.nuxari.server.workflow.Workflows;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;

@ServerTest
class CredentialsModuleTest {
    private static final String PASSWORD = "hunter2-hunter2-hunter2";

    @Autowired
    Credentials credentials;

    @Autowired
    Workflows workflows;

    @Autowired
    Approvals approvals;

    @Autowired
    ExecutionGate gate;

    @Autowired
    Doorkeeper doorkeeper;

    private final ConnectorId connector = new ConnectorId(UUID.randomUUID());
    private final ConnectorId another = new ConnectorId(UUID.randomUUID());
    private Caller acme;
    private Caller approver;
    private Caller globex;

    @BeforeEach
    void admitPeopleOfTwoOrganizations() {
        TestOrganization organization = TestOrganization.fresh();
        acme = organization.caller(doorkeeper, Role.ADMIN);
        approver = organization.caller(doorkeeper, Role.APPROVER);
        globex = TestOrganization.fresh().caller(doorkeeper, Role.ADMIN);
    }

    @Test
    void observingCredentialComesBackAsItWas() {
        store(acme, connector, Purpose.OBSERVE, PASSWORD);

        assertThat(observed(acme, connector)).isEqualTo(PASSWORD);
    }

    @Test
    void replacedCredentialIsInvalidated() {
        store(acme, connector, Purpose.OBSERVE, "first");
        store(acme, connector, Purpose.OBSERVE, "second");

        assertThat(observed(acme, connector)).isEqualTo("second");
        assertThat(states(acme)).containsExactly("1 invalidated", "2 active");
    }

    @Test
    void invalidatedCredentialDoesNotComeBack() {
        store(acme, connector, Purpose.OBSERVE, "first");
        store(acme, connector, Purpose.OBSERVE, "second");

        assertThatThrownBy(() -> beyondTheWalls()
                        .sql("UPDATE credential SET state = 'active' WHERE organization_id = ? AND version = 1")
                        .param(acme.organization().value())
                        .update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("does not become");
    }

    @Test
    @Claim("E1")
    void storedBytesDoNotContainTheSecret() {
        store(acme, connector, Purpose.OBSERVE, PASSWORD);
        store(acme, connector, Purpose.EXECUTE, PASSWORD);

        List<byte[]> stored = beyondTheWalls()
                .sql("SELECT sealed FROM credential WHERE organization_id = ?")
                .param(acme.organization().value())
                .query((row, _) -> row.getBytes(1))
                .list();

        assertThat(stored).hasSize(2);
        assertThat(stored)
                .allSatisfy(bytes -> assertThat(new String(bytes, ISO_8859_1))
                        .doesNotContain("hunter2")
                        .doesNotContain("password"));
    }

    @Test
    @Claim("E1")
    void auditLogTellsThatACredentialCameAndNotWhichOne() {
        store(acme, connector, Purpose.EXECUTE, PASSWORD);

        List<String> events = beyondTheWalls()
                .sql("SELECT convert_from(leaf, 'UTF8') FROM audit_event WHERE organization_id = ?")
                .param(acme.organization().value())
                .query((row, _) -> row.getString(1))
                .list();

        assertThat(events).anySatisfy(event -> assertThat(event).contains("credential.store", connector.toString()));
        assertThat(events).noneSatisfy(event -> assertThat(event).contains("hunter2"));
    }

    @Test
    @Claim({"E1", "T4"})
    void anotherOrganizationOpensNothingEvenWithTheRowInItsHands() {
        store(acme, connector, Purpose.OBSERVE, PASSWORD);
        store(globex, another, Purpose.OBSERVE, "its own");
        beyondTheWalls()
                .sql("""
                        INSERT INTO credential
                        SELECT ?, connector_id, purpose, version, state, sealed, created_at
                        FROM credential
                        WHERE organization_id = ?
                        """)
                .params(globex.organization().value(), acme.organization().value())
                .update();

        assertThatThrownBy(() -> observed(globex, connector)).isInstanceOf(SealBroken.class);
    }

    @Test
    @Claim("E1")
    void observingCredentialCannotPassForAnExecutingOne() {
        store(acme, connector, Purpose.OBSERVE, PASSWORD);
        beyondTheWalls()
                .sql("UPDATE credential SET purpose = 'execute' WHERE organization_id = ?")
                .param(acme.organization().value())
                .update();

        assertThatThrownBy(() -> credentials.forExecution(permitFor(connector), acme))
                .isInstanceOf(SealBroken.class);
    }

    @Test
    void connectorWithoutACredentialIsToldSo() {
        assertThatThrownBy(() -> observed(acme, connector))
                .isInstanceOf(NoCredential.class)
                .hasMessageContaining("observe");
    }

    @Test
    @Claim({"A3", "E1"})
    void permitOpensTheCredentialOfItsConnectorOnce() {
        store(acme, connector, Purpose.EXECUTE, PASSWORD);
        store(acme, another, Purpose.EXECUTE, "of another system");
        ExecutionPermit permit = permitFor(connector);

        Secret secret = credentials.forExecution(permit, acme);

        assertThat(secret.reveal("password")).contains(PASSWORD);
        assertThatThrownBy(() -> credentials.forExecution(permit, acme)).isInstanceOf(PermitRefused.class);
    }

    @Test
    @Claim({"A3", "E1"})
    void permitThatTheGateDidNotMakeOpensNothing() {
        store(acme, connector, Purpose.EXECUTE, PASSWORD);
        ExecutionPermit forged = Permits.forged(acme.organization(), step(connector));

        assertThatThrownBy(() -> credentials.forExecution(forged, acme)).isInstanceOf(PermitRefused.class);
    }

    @Test
    @Claim({"A3", "E1"})
    void permitOfAnotherConnectorOpensNothingHere() {
        store(acme, connector, Purpose.EXECUTE, PASSWORD);
        ExecutionPermit permit = permitFor(another);

        assertThatThrownBy(() -> credentials.forExecution(permit, acme)).isInstanceOf(NoCredential.class);
    }

    @Test
    @Claim({"T2", "E1"})
    void permitOfAnotherOrganizationOpensNothing() {
        store(acme, connector, Purpose.EXECUTE, PASSWORD);
        ExecutionPermit permit = permitFor(connector);

        assertThatThrownBy(() -> credentials.forExecution(permit, globex))
                .hasMessageContaining("No organization of yours");
    }

    @Test
    @Claim("E1")
    void serverCanChangeNothingOfACredentialButItsState() {
        List<String> columns =
                beyondTheWalls().sql("""
                        SELECT column_name FROM information_schema.column_privileges
                        WHERE grantee = 'nuxari_app' AND table_name = 'credential' AND privilege_type = 'UPDATE'
                        """).query((row, _) -> row.getString(1)).list();

        assertThat(columns).containsExactly("state");
        assertThat(TestDatabase.url()).doesNotContain(PASSWORD);
    }

    private ExecutionPermit permitFor(ConnectorId id) {
        return new Permits(workflows, approvals, gate).granted(acme, approver, step(id));
    }

    private void store(Caller caller, ConnectorId id, Purpose purpose, String password) {
        credentials.store(
                caller.organization(),
                caller,
                id,
                purpose,
                Secret.of(Map.of("username", "operator", "password", password)));
    }

    private String observed(Caller caller, ConnectorId id) {
        return credentials
                .forObservation(caller.organization(), caller, id)
                .reveal("password")
                .orElseThrow();
    }

    private static List<String> states(Caller caller) {
        return beyondTheWalls()
                .sql("SELECT version || ' ' || state FROM credential WHERE organization_id = ? ORDER BY version")
                .param(caller.organization().value())
                .query((row, _) -> row.getString(1))
                .list();
    }

    private static PlannedStep step(ConnectorId id) {
        return new PlannedStep(1, id, "test", Operation.DISABLE, new PlannedStep.Account("ann", "Ann"), null);
    }
}
