package dev.nuxari.server.identity;

import static java.util.Objects.requireNonNullElse;

import dev.nuxari.kernel.Role;
import dev.nuxari.server.identity.MemberRuling.Accepted;
import dev.nuxari.server.identity.MemberRuling.Refused;
import dev.nuxari.server.identity.MemberRuling.Stale;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be different about a membership. What is absent stays.
 *
 * @param version the version that was looked at
 */
public record MemberChange(int version, @Nullable Role role, Member.@Nullable State state) {
    /**
     * Judges the change; the members are as they are now, not as the caller was admitted.
     *
     * @param anotherOwner whether the organization has an active owner besides the member
     */
    MemberRuling applyTo(Member member, Member actor, boolean anotherOwner) {
        if (member.version() != version) {
            return new Stale(member.version());
        }
        var after = new Member(
                member.id(),
                member.displayName(),
                member.email(),
                requireNonNullElse(role, member.role()),
                requireNonNullElse(state, member.state()),
                member.version() + 1);
        return MemberRule.firstViolated(new MemberRule.Proposal(actor, member, after, anotherOwner))
                .<MemberRuling>map(Refused::new)
                .orElseGet(() -> new Accepted(after));
    }
}
