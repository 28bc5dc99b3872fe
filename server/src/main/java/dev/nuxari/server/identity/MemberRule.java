package dev.nuxari.server.identity;

import dev.nuxari.kernel.Permission;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One reason to refuse a change of a membership. The order of {@link #ALL} is the order in which callers learn about them.
 * The triggers on the table {@code member} hold the same against every other way there.
 */
record MemberRule(MemberRefusal refusal, Predicate<Proposal> violatedBy) {
    static final List<MemberRule> ALL = List.of(
            new MemberRule(MemberRefusal.NOT_PERMITTED, asked -> !asked.actor().may(Permission.MEMBERS_MANAGE)),
            new MemberRule(
                    MemberRefusal.OWNER_PROTECTED,
                    asked -> asked.touchesAnOwner() && !asked.actor().may(Permission.MEMBERS_MANAGE_OWNERS)),
            new MemberRule(MemberRefusal.OWN_MEMBERSHIP, asked -> asked.isOwn() && !asked.stepsDown()),
            new MemberRule(
                    MemberRefusal.MEMBER_NOT_ENROLLED, asked -> !asked.before().isEnrolled()),
            new MemberRule(MemberRefusal.LAST_OWNER, Proposal::leavesNoOwner));

    /** Who would make which membership of which. */
    record Proposal(Member actor, Member before, Member after, boolean anotherOwner) {
        boolean isOwn() {
            return actor.id().equals(before.id());
        }

        boolean touchesAnOwner() {
            return before.isOwner() || after.isOwner();
        }

        boolean stepsDown() {
            return before.isOwner() && !after.isOwner() && before.state() == after.state();
        }

        boolean leavesNoOwner() {
            return before.isOwner() && !(after.isOwner() && after.isActive()) && !anotherOwner;
        }
    }

    static Optional<MemberRefusal> firstViolated(Proposal proposal) {
        return ALL.stream()
                .filter(rule -> rule.violatedBy().test(proposal))
                .map(MemberRule::refusal)
                .findFirst();
    }
}
