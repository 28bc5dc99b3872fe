package dev.nuxari.server.scim;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.identity.EnrolmentDoor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.tenancy.Origin;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestOrganization;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database keeps when a statement is written by hand: as the server's role, in a scope that its door opened. */
@ServerTest
@Claim({"I3", "T3", "T4"})
class DirectoryWallsTest {
    private static final String ENROL = """
            INSERT INTO member (organization_id, subject, email, display_name, role, state)
            VALUES (?, ?, ?, 'X', ?, 'active')
            """;

    private static final String CHANGE =
            "UPDATE member SET role = ?, state = ?, version = version + 1 WHERE organization_id = ? AND member_id = ?";

    @Autowired
    OrganizationScope scope;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    JdbcClient server;

    @Autowired
    TestHttp http;

    @Autowired
    ManualClock clock;

    @SuppressWarnings("NullAway.Init")
    private ScimGround ground;

    @BeforeEach
    void givenADirectory() {
        ground = ScimGround.fresh(http, clock, TestOrganization.fresh());
    }

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    private UUID organization() {
        return ground.organization().id().value();
    }

    private Caller directory() {
        return directory(UUID.fromString(ground.id()));
    }

    private Caller directory(UUID id) {
        return EnrolmentDoor.SCIM.open(doorkeeper, ground.organization().id(), id, Origin.SERVER);
    }

    private int run(Caller caller, String sql, Object... parameters) {
        return scope.within(
                ground.organization().id(),
                caller,
                () -> server.sql(sql).params(parameters).update());
    }

    private int enrol(Caller caller, String email, String role) {
        return run(caller, ENROL, organization(), UUID.randomUUID().toString(), email, role);
    }

    @Test
    void directoryEnrolsItsActiveUsersOnly() {
        ground.added("ann");
        ground.added("bob", ", 'active': false");

        assertThat(enrol(directory(), ground.address("ann"), "approver")).isEqualTo(1);
        for (String email : new String[] {ground.address("bob"), ground.address("cyd"), "victim@elsewhere.example"}) {
            assertThatThrownBy(() -> enrol(directory(), email, "readonly")).hasMessageContaining("may not enrol");
        }
        assertThatThrownBy(() -> enrol(directory(UUID.randomUUID()), ground.address("ann"), "readonly"))
                .hasMessageContaining("may not enrol");
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "admin"})
    void directoryEnrolsNobodyAboveItsCeiling(String role) {
        ground.added("ann");

        assertThatThrownBy(() -> enrol(directory(), ground.address("ann"), role))
                .hasMessageContaining("may not enrol");
    }

    @Test
    void domainThatHasLapsedEnrolsNobody() {
        ground.added("ann");
        beyondTheWalls()
                .sql("UPDATE organization_domain SET state = 'pending', verified_at = NULL WHERE organization_id = ?")
                .param(organization())
                .update();

        assertThatThrownBy(() -> enrol(directory(), ground.address("ann"), "readonly"))
                .hasMessageContaining("may not enrol");
    }

    @Test
    void disabledDirectoryDoesNothing() {
        ground.added("ann");
        String body = "{'name': 'D', 'defaultRole': 'readonly', 'ceiling': 'approver', 'state': 'disabled'}";
        ground.owner().with("If-Match", "\"1\"").send("PUT", "/directories/" + ground.id(), body);

        assertThatThrownBy(() -> enrol(directory(), ground.address("ann"), "readonly"))
                .hasMessageContaining("may not enrol");
        assertThatThrownBy(() -> run(directory(), "UPDATE directory_user SET attempts = 1"))
                .hasMessageContaining("may not change");
    }

    @Test
    void directoryChangesNobodyWhoIsNotItsUser() {
        UUID user = UUID.fromString(ground.added("ann").string("id"));
        UUID approver = ground.organization().member(Role.APPROVER).id().value();

        assertThatThrownBy(() -> run(directory(), CHANGE, "readonly", "active", organization(), approver))
                .hasMessageContaining("may not change this membership");
        assertThatThrownBy(() -> run(directory(), CHANGE, "approver", "deprovisioned", organization(), approver))
                .hasMessageContaining("may not change this membership");
        assertThatThrownBy(() -> run(
                        directory(),
                        "UPDATE directory_user SET subject = 's', member_id = ? WHERE user_id = ?",
                        approver,
                        user))
                .hasMessageContaining("this user is somebody else");
    }

    @Test
    void othersDoNotWriteWhatADirectorySays() {
        ground.added("ann");
        String change = "UPDATE directory_user SET active = true";

        for (Caller caller : new Caller[] {
            ground.organization().caller(doorkeeper, Role.OWNER),
            directory(UUID.randomUUID()),
            doorkeeper.admitSystem(ground.organization().id(), DirectoryAccounts.TIMER)
        }) {
            assertThatThrownBy(() -> run(caller, change)).hasMessageContaining("may not change this directory");
        }
        assertThat(run(directory(), change)).isEqualTo(1);
    }

    @Test
    void onlyOwnersAndAdminsSayWhatADirectoryMay() {
        String token = """
                INSERT INTO directory_token (organization_id, token_id, directory_id, token_hash, created_at, created_by)
                VALUES (?, gen_random_uuid(), ?, repeat('a', 64), now(), ?)
                """;
        UUID id = UUID.fromString(ground.id());
        UUID owner = ground.organization().member(Role.OWNER).id().value();

        for (Caller caller : new Caller[] {directory(), ground.organization().caller(doorkeeper, Role.APPROVER)}) {
            assertThatThrownBy(() -> run(caller, "UPDATE directory SET ceiling = 'admin'"))
                    .hasMessageContaining("may not change directories");
            assertThatThrownBy(() -> run(caller, token, organization(), id, owner))
                    .hasMessageContaining("may not change directories");
        }
        Caller admin = ground.organization().caller(doorkeeper, Role.ADMIN);
        assertThatThrownBy(() -> run(
                        admin,
                        "INSERT INTO directory_role (organization_id, directory_id, matched_by, matched_value, role)"
                                + " VALUES (?, ?, 'display-name', 'x', 'admin')",
                        organization(),
                        id))
                .hasMessageContaining("gives no such role");
        assertThatThrownBy(() -> run(admin, "UPDATE directory SET ceiling = 'owner'"))
                .hasMessageContaining("ceiling");
    }
}
