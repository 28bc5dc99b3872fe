package dev.nuxari.server.invites;

import static dev.nuxari.server.invites.InviteGround.somebody;
import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.identity.EnrolmentDoor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.tenancy.Origin;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestMailbox;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database holds against a statement that somebody has smuggled in. */
@ServerTest
@Claim({"I4", "T3"})
class InviteWallsTest {
    private static final String NOT_ENROLLED = "may not enrol this person";

    @Autowired
    TestHttp http;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    OrganizationScope scope;

    @Autowired
    JdbcClient server;

    @SuppressWarnings("NullAway.Init")
    private InviteGround ground;

    @SuppressWarnings("NullAway.Init")
    private Json.Obj invite;

    private String email = "";

    @BeforeEach
    void givenAnInvitationThatWasSent() {
        ground = InviteGround.fresh(http);
        email = somebody();
        invite = ground.invited(email, "approver");
        TestMailbox.instance().inviteToken(email, 1);
    }

    @Test
    void doorLetsInTheOneWhoWasInvited() {
        enrol(door(), email, "approver");

        assertThat(ground.memberships(email)).containsExactly("approver active");
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "admin", "auditor"})
    void doorGivesNoOtherRole(String role) {
        assertThatThrownBy(() -> enrol(door(), email, role)).hasStackTraceContaining(NOT_ENROLLED);
    }

    @Test
    void doorLetsInNobodyElse() {
        assertThatThrownBy(() -> enrol(door(), somebody(), "approver")).hasStackTraceContaining(NOT_ENROLLED);
        assertThatThrownBy(() -> enrol(door(), "x" + email, "approver")).hasStackTraceContaining(NOT_ENROLLED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state = 'revoked', settled_at = now(), token_hash = NULL, revoked_by = invited_by",
                "token_hash = NULL",
                "invited_at = now() - interval '9 days', expires_at = now() - interval '1 second'",
                "subject = 'another'",
            })
    void invitationThatIsOverOrBoundToAnotherLetsInNobody(String change) {
        beyondTheWalls()
                .sql("UPDATE invite SET " + change + " WHERE invite_id = ?")
                .param(id())
                .update();

        assertThatThrownBy(() -> enrol(door(), email, "approver")).hasStackTraceContaining(NOT_ENROLLED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"role = 'approver'", "state = 'suspended'"})
    void inviterHasToBeWhoMayInviteStill(String change) {
        ground.change(Role.ADMIN, change);

        assertThatThrownBy(() -> enrol(door(), email, "approver")).hasStackTraceContaining(NOT_ENROLLED);
    }

    @Test
    void invitationOfAnotherOrganizationLetsInNobody() {
        InviteGround other = InviteGround.fresh(http);
        Caller foreign =
                EnrolmentDoor.INVITE.open(doorkeeper, other.organization().id(), id(), Origin.SERVER);

        assertThatThrownBy(() -> scope.run(
                        other.organization().id(),
                        foreign,
                        () -> insert(other.organization().id().value(), email, "approver")))
                .hasStackTraceContaining(NOT_ENROLLED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "role = 'admin'                                         | permission denied",
                "email = 'evil@people.example'                          | permission denied",
                "token_hash = repeat('0', 64)                           | may not change this invitation",
                "subject = 'me'                                         | may not change this invitation",
                "state = 'accepted', settled_at = now(), token_hash = NULL, accepted_by = invited_by | may not change",
            })
    void adminChangesNoInvitationByHand(String change, String refusal) {
        Caller admin = ground.organization().caller(doorkeeper, Role.ADMIN);

        assertThatThrownBy(() -> update(admin, change)).hasStackTraceContaining(refusal);
    }

    @Test
    void nobodyWithoutTheRightInvitesOrChanges() {
        for (Role role : List.of(Role.APPROVER, Role.REQUESTER, Role.AUDITOR, Role.READONLY)) {
            Caller caller = ground.organization().caller(doorkeeper, role);
            assertThatThrownBy(() -> update(caller, "expires_at = expires_at + interval '1 day'"))
                    .hasStackTraceContaining("may not change this invitation");
            assertThatThrownBy(() -> invite(caller, caller.memberId().value()))
                    .hasStackTraceContaining("may not invite");
        }
        Caller admin = ground.organization().caller(doorkeeper, Role.ADMIN);
        UUID owner = ground.organization().member(Role.OWNER).id().value();
        assertThatThrownBy(() -> invite(admin, owner)).hasStackTraceContaining("may not invite");
        Caller system = doorkeeper.admitSystem(ground.organization().id(), "invite-link");
        assertThatThrownBy(() -> update(system, "token_hash = NULL")).hasStackTraceContaining("may not change");
    }

    @Test
    void whatHasEndedDoesNotOpenAgain() {
        enrol(door(), email, "approver");
        ground.as(Role.OWNER).post("/invites/" + invite.string("id") + "/revocations", "{}");
        Caller owner = ground.organization().caller(doorkeeper, Role.OWNER);

        assertThatThrownBy(() -> update(owner, "state = 'open', settled_at = NULL, revoked_by = NULL"))
                .hasStackTraceContaining("does not open again");
    }

    /** Whom a provider or a directory has let in before they came. */
    @Test
    void doorRaisesWhoWasLetInMeanwhileToTheRoleOfTheInvitation() {
        member("readonly", "active", 1);

        change("role = 'approver', version = 2");

        assertThat(ground.memberships(email)).containsExactly("approver active");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "readonly | active        | 2 | role = 'approver', version = 3",
                "readonly | suspended     | 1 | role = 'approver', version = 2",
                "readonly | deprovisioned | 1 | role = 'approver', state = 'active', version = 2",
                "readonly | active        | 1 | role = 'admin', version = 2",
                "readonly | active        | 1 | role = 'approver', display_name = 'Eve', version = 2",
                "admin    | active        | 1 | role = 'approver', version = 2",
                "owner    | active        | 1 | role = 'approver', version = 2",
                "approver | active        | 1 | state = 'suspended', version = 2",
            })
    void doorChangesNoOtherMember(String role, String state, int version, String change) {
        member(role, state, version);

        assertThatThrownBy(() -> change(change)).hasStackTraceContaining("require_permitted_change");
    }

    private void member(String role, String state, int version) {
        beyondTheWalls()
                .sql("""
                        INSERT INTO member (organization_id, subject, email, display_name, role, state, version)
                        VALUES (?, gen_random_uuid()::text, ?, 'Pia', ?, ?, ?)
                        """)
                .params(ground.organization().id().value(), email, role, state, version)
                .update();
    }

    private void change(String change) {
        scope.run(
                ground.organization().id(),
                door(),
                () -> server.sql("UPDATE member SET " + change + " WHERE organization_id = ? AND email = ?")
                        .params(ground.organization().id().value(), email)
                        .update());
    }

    private UUID id() {
        return UUID.fromString(invite.string("id"));
    }

    private Caller door() {
        return EnrolmentDoor.INVITE.open(doorkeeper, ground.organization().id(), id(), Origin.SERVER);
    }

    private void enrol(Caller caller, String address, String role) {
        scope.run(
                ground.organization().id(),
                caller,
                () -> insert(ground.organization().id().value(), address, role));
    }

    private void insert(UUID organization, String address, String role) {
        server.sql("""
                INSERT INTO member (organization_id, subject, email, display_name, role, state)
                VALUES (?, gen_random_uuid()::text, ?, 'Pia', ?, 'active')
                """).params(organization, address, role).update();
    }

    private void update(Caller caller, String change) {
        scope.run(
                ground.organization().id(),
                caller,
                () -> server.sql("UPDATE invite SET " + change + " WHERE invite_id = ?")
                        .param(id())
                        .update());
    }

    private void invite(Caller caller, UUID by) {
        scope.run(
                ground.organization().id(),
                caller,
                () -> server.sql("""
                        INSERT INTO invite (organization_id, invite_id, email, role, state, invited_by, invited_at, expires_at,
                                            mailing, delivery, queued_at)
                        VALUES (?, gen_random_uuid(), 'evil@people.example', 'admin', 'open', ?, now(), now() + interval '1 day',
                                gen_random_uuid(), 'waiting', now())
                        """)
                        .params(ground.organization().id().value(), by)
                        .update());
    }
}
