package dev.nuxari.server.identity;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestDatabase;
import dev.nuxari.server.testing.TestMember;
import dev.nuxari.server.testing.TestOrganization;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What the database keeps when a statement is written by hand: as the server's role, in a scope that a member opened. */
@ServerTest
class MemberWallsTest {
    private static final String SET_ROLE = "UPDATE member SET role = ?, version = version + 1 WHERE member_id = ?";
    private static final String SET_STATE = "UPDATE member SET state = ?, version = version + 1 WHERE member_id = ?";

    @Autowired
    OrganizationScope scope;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    JdbcClient server;

    private TestOrganization organization = TestOrganization.fresh();

    @BeforeEach
    void givenOrganization() {
        organization = TestOrganization.fresh();
    }

    @Test
    @Claim("T5")
    void ownerMakesAnOwnerByHand() {
        set(Role.OWNER, SET_ROLE, "owner", Role.REQUESTER);

        assertThat(roleOf(Role.REQUESTER)).isEqualTo("owner");
    }

    @Test
    void adminSuspendsByHand() {
        assertThatCode(() -> set(Role.ADMIN, SET_STATE, "suspended", Role.APPROVER))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @Claim("T5")
    @CsvSource({
        "ADMIN, owner, REQUESTER",
        "ADMIN, owner, ADMIN",
        "ADMIN, readonly, OWNER",
        "APPROVER, approver, REQUESTER",
        "APPROVER, admin, APPROVER",
        "REQUESTER, owner, REQUESTER",
        "AUDITOR, readonly, APPROVER",
        "READONLY, requester, READONLY"
    })
    void nobodyGivesByHandWhatTheyMayNot(Role actor, String role, Role member) {
        refused(actor, SET_ROLE, role, member, "may not change this membership");
    }

    @Test
    @Claim("T5")
    void nobodyChangesTheirOwnMembershipByHand() {
        refused(Role.ADMIN, SET_ROLE, "auditor", Role.ADMIN, "nobody changes their own");
        refused(Role.OWNER, SET_STATE, "suspended", Role.OWNER, "nobody changes their own");
        refused(Role.ADMIN, SET_STATE, "suspended", Role.OWNER, "may not change this membership");
    }

    @ParameterizedTest
    @ValueSource(strings = {"invited", "deprovisioned"})
    void stateThatIsEnteredByADoorIsNotSetByHand(String state) {
        refused(Role.OWNER, SET_STATE, state, Role.APPROVER, "only enrolled members");
    }

    @Test
    void versionCountsOn() {
        refused(Role.OWNER, "UPDATE member SET role = ? WHERE member_id = ?", "admin", Role.APPROVER, "next version");
    }

    @Test
    @Claim("T5")
    void serverByItselfChangesNobody() {
        Caller system = doorkeeper.admitSystem(organization.id(), "session");

        assertThatThrownBy(() -> update(system, SET_ROLE, "admin", organization.member(Role.REQUESTER)))
                .hasStackTraceContaining("may not change this membership");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE member SET subject = ? WHERE member_id = ?",
                "DELETE FROM member WHERE subject <> ? AND member_id = ?",
                "INSERT INTO member (organization_id, subject, email, display_name, role, state, version)"
                        + " SELECT organization_id, ?, 'a@b.example', 'a', 'owner', 'active', 7 FROM member WHERE member_id = ?"
            })
    void serverWritesNothingElseOfAMember(String statement) {
        refused(Role.OWNER, statement, "x", Role.APPROVER, "permission denied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "display_name"})
    void nobodyRenamesAMemberByHand(String column) {
        String statement = "UPDATE member SET " + column + " = ?, version = version + 1 WHERE member_id = ?";

        refused(Role.OWNER, statement, "x", Role.APPROVER, "come from where the person came from");
        refused(Role.APPROVER, statement, "x", Role.APPROVER, "come from where the person came from");
    }

    /** No row stands behind these names, so nobody comes in by them: not even to the least role. */
    @ParameterizedTest
    @ValueSource(
            strings = {"invite/%s", "scim/%s", "federation/%s", "session", "invite/", "provisioner/%s", "invite/%s/%s"})
    @Claim("T5")
    void nobodyIsEnrolledThroughADoorThatIsNotThere(String name) {
        UUID id = UUID.randomUUID();
        Caller door = doorkeeper.admitSystem(organization.id(), name.formatted(id, id));

        assertThatThrownBy(() -> enrolByHand(door, "readonly")).hasStackTraceContaining("may not enrol this person");
        assertThatThrownBy(() -> update(door, SET_ROLE, "readonly", organization.member(Role.REQUESTER)))
                .hasStackTraceContaining("may not change this membership");
    }

    @Test
    @Claim("T5")
    void noMemberEnrolsAnybodyByHand() {
        assertThatThrownBy(() -> enrolByHand(organization.caller(doorkeeper, Role.OWNER), "readonly"))
                .hasStackTraceContaining("may not enrol this person");
    }

    private void enrolByHand(Caller actor, String role) {
        scope.run(
                organization.id(),
                actor,
                () -> server.sql("""
                        INSERT INTO member (organization_id, subject, email, display_name, role, state)
                        VALUES (?, 'x', 'x@x.example', 'X', ?, 'active')
                        """).params(organization.id().value(), role).update());
    }

    @Test
    @Claim({"T4", "T5"})
    void memberOfAnotherOrganizationIsOutOfReach() {
        TestMember foreign = TestOrganization.fresh().member(Role.REQUESTER);

        assertThat(update(organization.caller(doorkeeper, Role.OWNER), SET_ROLE, "owner", foreign))
                .isZero();
    }

    @Test
    void lastOwnerStaysByHandToo() {
        refused(Role.OWNER, SET_ROLE, "admin", Role.OWNER, "no active owner");
    }

    @Test
    void allOwnersAtOnceAreTheLastOnesToo() {
        organization.enrol("second", Role.OWNER);
        organization.enrol("third", Role.OWNER);
        Caller owner = organization.caller(doorkeeper, Role.OWNER);

        assertThatThrownBy(() -> scope.run(
                        organization.id(),
                        owner,
                        () -> server.sql("UPDATE member SET role = 'admin', version = version + 1 WHERE role = 'owner'")
                                .update()))
                .isInstanceOf(DataAccessException.class);
        assertThat(activeOwners()).isEqualTo(3);
    }

    @Test
    void suspendedOwnerIsNoneToCountOn() {
        TestMember second = organization.enrol("second", Role.OWNER);
        update(organization.caller(doorkeeper, Role.OWNER), SET_STATE, "suspended", second);

        refused(Role.OWNER, SET_ROLE, "admin", Role.OWNER, "no active owner");
    }

    /** Not even those whom no privilege and no policy binds. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE member SET role = 'admin' WHERE member_id = ?",
                "UPDATE member SET state = 'suspended' WHERE member_id = ?",
                "UPDATE member SET state = 'deprovisioned' WHERE member_id = ?",
                "DELETE FROM member WHERE member_id = ?"
            })
    void superuserLeavesAnOwnerToo(String statement) {
        assertThatThrownBy(() -> beyondTheWalls()
                        .sql(statement)
                        .param(organization.member(Role.OWNER).id().value())
                        .update())
                .hasStackTraceContaining("no active owner");
    }

    @ParameterizedTest
    @EnumSource(names = "OWNER", mode = Mode.EXCLUDE)
    @Claim("T5")
    void provisioningAgainChangesNoRole(Role wanted) {
        TestMember owner = organization.member(Role.OWNER);

        provision(owner, wanted);
        provision(organization.member(Role.READONLY), Role.OWNER);

        assertThat(roleOf(Role.OWNER)).isEqualTo("owner");
        assertThat(roleOf(Role.READONLY)).isEqualTo("readonly");
    }

    @Test
    void provisionerHasNoOtherWayToAMember() {
        assertThatThrownBy(() -> JdbcClient.create(TestDatabase.as("nuxari_provisioner"))
                        .sql("UPDATE member SET role = 'owner'")
                        .update())
                .hasStackTraceContaining("permission denied");
    }

    /** Another snapshot would show the owners as they were, whoever waited for whom. */
    @Test
    void olderSnapshotsChangeNoOwner() {
        organization.enrol("second", Role.OWNER);
        var older = new TransactionTemplate(new JdbcTransactionManager(TestDatabase.as("postgres")));
        older.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);

        assertThatThrownBy(() -> older.execute(_ -> beyondTheWalls()
                        .sql("UPDATE member SET role = 'admin' WHERE member_id = ?")
                        .param(organization.member(Role.OWNER).id().value())
                        .update()))
                .hasStackTraceContaining("read committed only");
    }

    private void refused(Role actor, String statement, String value, Role member, String message) {
        assertThatThrownBy(() -> set(actor, statement, value, member)).hasStackTraceContaining(message);
    }

    private void set(Role actor, String statement, String value, Role member) {
        assertThat(update(organization.caller(doorkeeper, actor), statement, value, organization.member(member)))
                .isEqualTo(1);
    }

    private int update(Caller actor, String statement, String value, TestMember member) {
        return scope.within(
                organization.id(),
                actor,
                () -> server.sql(statement).params(value, member.id().value()).update());
    }

    private void provision(TestMember member, Role role) {
        organization.enrol(member, role);
    }

    private String roleOf(Role original) {
        return beyondTheWalls()
                .sql("SELECT role FROM member WHERE member_id = ?")
                .param(organization.member(original).id().value())
                .query((row, _) -> row.getString(1))
                .single();
    }

    private int activeOwners() {
        return beyondTheWalls()
                .sql("SELECT count(*) FROM member WHERE organization_id = ? AND role = 'owner' AND state = 'active'")
                .param(organization.id().value())
                .query((row, _) -> row.getInt(1))
                .single();
    }
}
