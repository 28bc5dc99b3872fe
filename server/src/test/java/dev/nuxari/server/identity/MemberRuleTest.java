package dev.nuxari.server.identity;

import static dev.nuxari.kernel.Role.ADMIN;
import static dev.nuxari.kernel.Role.APPROVER;
import static dev.nuxari.kernel.Role.AUDITOR;
import static dev.nuxari.kernel.Role.OWNER;
import static dev.nuxari.kernel.Role.READONLY;
import static dev.nuxari.server.identity.Member.State.ACTIVE;
import static dev.nuxari.server.identity.Member.State.DEPROVISIONED;
import static dev.nuxari.server.identity.Member.State.INVITED;
import static dev.nuxari.server.identity.Member.State.SUSPENDED;
import static dev.nuxari.server.identity.MemberRefusal.LAST_OWNER;
import static dev.nuxari.server.identity.MemberRefusal.MEMBER_NOT_ENROLLED;
import static dev.nuxari.server.identity.MemberRefusal.NOT_PERMITTED;
import static dev.nuxari.server.identity.MemberRefusal.OWNER_PROTECTED;
import static dev.nuxari.server.identity.MemberRefusal.OWN_MEMBERSHIP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.identity.Member.State;
import dev.nuxari.server.identity.MemberRuling.Accepted;
import dev.nuxari.server.identity.MemberRuling.Refused;
import dev.nuxari.server.identity.MemberRuling.Stale;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Who may make whom what. */
class MemberRuleTest {
    private static final int VERSION = 3;

    @Test
    void ownerMakesAnybodyAnything() {
        for (Role before : Role.values()) {
            for (Role after : Role.values()) {
                assertThat(judge(owner(), other(before), after, null))
                        .as(before + " to " + after)
                        .isEqualTo(
                                new Accepted(new Member(other(before).id(), "b", "b@x", after, ACTIVE, VERSION + 1)));
            }
        }
    }

    @Test
    @Claim("T5")
    void adminMakesNoOwnerAndChangesNone() {
        Set<Role> below = EnumSet.complementOf(EnumSet.of(OWNER));
        for (Role before : Role.values()) {
            for (Role after : Role.values()) {
                boolean permitted = below.contains(before) && below.contains(after);
                assertThat(judge(admin(), other(before), after, null) instanceof Accepted)
                        .as(before + " to " + after)
                        .isEqualTo(permitted);
            }
        }
        assertThat(judge(admin(), other(OWNER), null, SUSPENDED)).isEqualTo(new Refused(OWNER_PROTECTED));
        assertThat(judge(admin(), other(ADMIN), null, SUSPENDED)).isInstanceOf(Accepted.class);
    }

    @ParameterizedTest
    @Claim("T5")
    @EnumSource(
            names = {"OWNER", "ADMIN"},
            mode = Mode.EXCLUDE)
    void nobodyElseChangesAnything(Role role) {
        assertThat(judge(actor(role, ACTIVE), other(READONLY), AUDITOR, null)).isEqualTo(new Refused(NOT_PERMITTED));
    }

    @ParameterizedTest
    @EnumSource(names = "ACTIVE", mode = Mode.EXCLUDE)
    void whoIsNotActiveAnyMoreChangesNothing(State state) {
        assertThat(judge(actor(OWNER, state), other(READONLY), AUDITOR, null)).isEqualTo(new Refused(NOT_PERMITTED));
    }

    @Test
    @Claim("T5")
    void nobodyChangesTheirOwnMembership() {
        assertThat(judge(admin(), admin(), OWNER, null)).isEqualTo(new Refused(OWNER_PROTECTED));
        assertThat(judge(admin(), admin(), READONLY, null)).isEqualTo(new Refused(OWN_MEMBERSHIP));
        assertThat(judge(admin(), admin(), null, SUSPENDED)).isEqualTo(new Refused(OWN_MEMBERSHIP));
        assertThat(judge(owner(), owner(), null, SUSPENDED)).isEqualTo(new Refused(OWN_MEMBERSHIP));
        assertThat(judge(owner(), owner(), ADMIN, SUSPENDED)).isEqualTo(new Refused(OWN_MEMBERSHIP));
        assertThat(judge(owner(), owner(), OWNER, null)).isEqualTo(new Refused(OWN_MEMBERSHIP));
    }

    @Test
    void ownerStepsDownWhileThereIsAnother() {
        assertThat(judge(owner(), owner(), APPROVER, null)).isInstanceOf(Accepted.class);
        assertThat(alone(owner(), owner(), APPROVER, null)).isEqualTo(new Refused(LAST_OWNER));
    }

    /** An owner who acts is one, so the last one is only ever oneself; the rule does not rely on it. */
    @Test
    void lastOwnerStaysAnActiveOwner() {
        assertThat(alone(owner(), other(OWNER), ADMIN, null)).isEqualTo(new Refused(LAST_OWNER));
        assertThat(alone(owner(), other(OWNER), null, SUSPENDED)).isEqualTo(new Refused(LAST_OWNER));
        assertThat(alone(owner(), other(OWNER), OWNER, ACTIVE)).isInstanceOf(Accepted.class);
    }

    @Test
    void whoIsInvitedOrGoneComesInByTheDoor() {
        assertThat(judge(owner(), other(READONLY, INVITED), null, ACTIVE)).isEqualTo(new Refused(MEMBER_NOT_ENROLLED));
        assertThat(judge(owner(), other(READONLY, DEPROVISIONED), null, ACTIVE))
                .isEqualTo(new Refused(MEMBER_NOT_ENROLLED));
        assertThat(judge(owner(), other(READONLY, INVITED), ADMIN, null)).isEqualTo(new Refused(MEMBER_NOT_ENROLLED));
    }

    @Test
    void suspendedMemberComesBackInTheSameRole() {
        assertThat(judge(admin(), other(APPROVER, SUSPENDED), null, ACTIVE))
                .isEqualTo(new Accepted(new Member(other(APPROVER).id(), "b", "b@x", APPROVER, ACTIVE, VERSION + 1)));
    }

    @Test
    void anotherVersionIsStaleWhoeverAsks() {
        assertThat(new MemberChange(VERSION - 1, ADMIN, null).applyTo(other(READONLY), owner(), true))
                .isEqualTo(new Stale(VERSION));
    }

    private static MemberRuling judge(Member actor, Member member, @Nullable Role role, @Nullable State state) {
        return new MemberChange(VERSION, role, state).applyTo(member, actor, true);
    }

    private static MemberRuling alone(Member actor, Member member, @Nullable Role role, @Nullable State state) {
        return new MemberChange(VERSION, role, state).applyTo(member, actor, false);
    }

    private static Member owner() {
        return actor(OWNER, ACTIVE);
    }

    private static Member admin() {
        return actor(ADMIN, ACTIVE);
    }

    private static Member actor(Role role, State state) {
        return new Member(new MemberId(new UUID(0, 1)), "a", "a@x", role, state, VERSION);
    }

    private static Member other(Role role) {
        return other(role, ACTIVE);
    }

    private static Member other(Role role, State state) {
        return new Member(new MemberId(new UUID(0, 2)), "b", "b@x", role, state, VERSION);
    }
}
