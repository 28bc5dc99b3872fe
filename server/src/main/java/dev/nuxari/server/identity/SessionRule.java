package dev.nuxari.server.identity;

import dev.nuxari.kernel.Permission;
import dev.nuxari.kernel.Role;
import java.util.Optional;

/**
 * Whose sessions a member may see, and end. It is {@link MemberRule} once more: whoever may not suspend an owner does not keep
 * them out by signing them out again and again either. One's own are always one's own to end.
 */
final class SessionRule {
    private SessionRule() {}

    /** Sessions tell where a person is, so that reading the list of members is not enough. */
    static boolean permitsToSee(Role actor, boolean own) {
        return own || actor.may(Permission.MEMBERS_MANAGE);
    }

    /** Why not; whoever may not even see them learns nothing. */
    static Optional<MemberRefusal> againstEnding(Role actor, Role member, boolean own) {
        if (own) {
            return Optional.empty();
        }
        if (!permitsToSee(actor, false)) {
            return Optional.of(MemberRefusal.NO_SUCH_MEMBER);
        }
        return member == Role.OWNER && !actor.may(Permission.MEMBERS_MANAGE_OWNERS)
                ? Optional.of(MemberRefusal.OWNER_PROTECTED)
                : Optional.empty();
    }
}
