package dev.nuxari.server.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.nuxari.kernel.ActorId;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Permission;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.tenancy.Ticket.Door;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@Claim("T5")
class CallerTest {
    private final OrganizationId signed = OrganizationId.parse("01890000-0000-7000-8000-000000000001");
    private final OrganizationId stored = OrganizationId.parse("01890000-0000-7000-8000-000000000002");
    private final MemberId alice = MemberId.parse("01890000-0000-7000-8000-000000000003");

    @Test
    void whoAsksIsWhatTheTicketAndTheMembershipRowSay() {
        Caller caller = caller(ActorId.of(alice), Optional.of(Role.AUDITOR));

        assertThat(caller.organization()).isEqualTo(signed);
        assertThat(caller.memberOf()).isEqualTo(stored);
        assertThat(caller.memberId()).isEqualTo(alice);
        assertThat(caller.subject()).isEqualTo("sub-of-alice");
        assertThat(caller.email()).isEqualTo("alice@acme.example");
        assertThat(caller.displayName()).isEqualTo("Alice");
        assertThat(caller.role()).contains(Role.AUDITOR);
        assertThat(caller.origin()).isSameAs(Origin.SERVER);
        assertThat(caller).hasToString("member:" + alice + " of " + signed);
    }

    @Test
    void callerMayWhatTheRoleMay() {
        Caller caller = caller(ActorId.of(alice), Optional.of(Role.AUDITOR));

        assertThat(caller.may(Permission.AUDIT_READ)).isTrue();
        assertThat(caller.may(Permission.APPROVALS_DECIDE)).isFalse();
    }

    @Test
    void serverItselfIsNoMemberAndHasNoPermissions() {
        Caller server = caller(ActorId.system("timers"), Optional.empty());

        assertThat(server.may(Permission.AUDIT_READ)).isFalse();
        assertThatIllegalStateException().isThrownBy(server::memberId).withMessage("system:timers is no member");
    }

    @Test
    void ticketDoesNotShowItsMac() {
        assertThat(ticket()).asString().contains(signed.toString()).doesNotContain("c0ffee");
    }

    private Caller caller(ActorId actor, Optional<Role> role) {
        return new Caller(
                ticket(), new Caller.Membership(stored, actor, "alice@acme.example", "Alice", role), Origin.SERVER);
    }

    private Ticket ticket() {
        return new Ticket(Door.MEMBER, signed, "sub-of-alice", Instant.EPOCH, "c0ffee");
    }
}
