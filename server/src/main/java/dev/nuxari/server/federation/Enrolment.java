package dev.nuxari.server.federation;

import dev.nuxari.kernel.Role;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which role somebody gets who comes by a provider.
 *
 * @param defaultRole for whoever is in no group that means something
 * @param ceiling the highest role that the provider can give; never owner
 * @param groupsClaim the claim or attribute with the groups; empty if groups mean nothing
 */
record Enrolment(Role defaultRole, Role ceiling, String groupsClaim, List<GroupRule> rules) {
    /**
     * How much each role is, for the ceiling. Two roles that are not comparable by what they permit (auditor reads the log,
     * approver decides) are put in a row nevertheless: a ceiling has to say of each role whether it is below.
     */
    private static final Map<Role, Integer> RANKS = Map.of(
            Role.READONLY, 0,
            Role.REQUESTER, 1,
            Role.AUDITOR, 2,
            Role.APPROVER, 3,
            Role.ADMIN, 4,
            Role.OWNER, 5);

    Enrolment {
        rules = List.copyOf(rules);
        if (ceiling == Role.OWNER) {
            throw new IllegalArgumentException("no provider makes owners");
        }
        if (rank(defaultRole) > rank(ceiling)) {
            throw new IllegalArgumentException("the default role is above the ceiling");
        }
        for (GroupRule rule : rules) {
            if (rank(rule.role()) > rank(ceiling)) {
                throw new IllegalArgumentException("a group's role is above the ceiling");
            }
        }
    }

    static int rank(Role role) {
        return RANKS.getOrDefault(role, 0);
    }

    /** The highest role of the groups that they are in, or the default; and never above the ceiling, whatever is stored. */
    Role roleFor(Collection<String> groups) {
        return capped(mapped(groups).orElse(defaultRole));
    }

    /** Empty if none of the groups means something. */
    Optional<Role> mapped(Collection<String> groups) {
        return rules.stream()
                .filter(rule -> groups.contains(rule.group()))
                .map(GroupRule::role)
                .max((one, other) -> Integer.compare(rank(one), rank(other)));
    }

    private Role capped(Role role) {
        return rank(role) > rank(ceiling) ? ceiling : role;
    }

    /**
     * What somebody who is a member already becomes at their next sign-in: only groups change a role, and nobody who stands
     * above the ceiling was put there by the provider, so nobody there is touched.
     */
    Role adjusted(Role present, Collection<String> groups) {
        if (groupsClaim.isEmpty() || rules.isEmpty() || rank(present) > rank(ceiling)) {
            return present;
        }
        return roleFor(groups);
    }
}
