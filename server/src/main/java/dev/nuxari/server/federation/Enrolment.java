package dev.nuxari.server.federation;

import dev.nuxari.kernel.Role;
import dev.nuxari.server.identity.Ranks;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Which role somebody gets who comes by a provider.
 *
 * @param defaultRole for whoever is in no group that means something
 * @param ceiling the highest role that the provider can give; never owner
 * @param groupsClaim the claim or attribute with the groups; empty if groups mean nothing
 */
record Enrolment(Role defaultRole, Role ceiling, String groupsClaim, List<GroupRule> rules) {
    Enrolment {
        rules = List.copyOf(rules);
        if (ceiling == Role.OWNER) {
            throw new IllegalArgumentException("no provider makes owners");
        }
        if (Ranks.isAbove(defaultRole, ceiling)) {
            throw new IllegalArgumentException("the default role is above the ceiling");
        }
        for (GroupRule rule : rules) {
            if (Ranks.isAbove(rule.role(), ceiling)) {
                throw new IllegalArgumentException("a group's role is above the ceiling");
            }
        }
    }

    /** The highest role of the groups that they are in, or the default; and never above the ceiling, whatever is stored. */
    Role roleFor(Collection<String> groups) {
        return Ranks.lower(mapped(groups).orElse(defaultRole), ceiling);
    }

    /** Empty if none of the groups means something. */
    Optional<Role> mapped(Collection<String> groups) {
        return rules.stream()
                .filter(rule -> groups.contains(rule.group()))
                .map(GroupRule::role)
                .max(Ranks.ORDER);
    }

    /**
     * What somebody who is a member already becomes at their next sign-in: only groups change a role, and nobody who stands
     * above the ceiling was put there by the provider, so nobody there is touched.
     */
    Role adjusted(Role present, Collection<String> groups) {
        if (groupsClaim.isEmpty() || rules.isEmpty() || Ranks.isAbove(present, ceiling)) {
            return present;
        }
        return roleFor(groups);
    }
}
