package dev.nuxari.server.scim;

import dev.nuxari.kernel.Role;
import java.util.Comparator;
import java.util.List;

/** The roles in the order of what they may do to an organization, as {@code role_rank} in the database has it. */
final class Ranks {
    private static final List<Role> ASCENDING =
            List.of(Role.READONLY, Role.REQUESTER, Role.AUDITOR, Role.APPROVER, Role.ADMIN, Role.OWNER);

    static final Comparator<Role> ORDER = Comparator.comparingInt(ASCENDING::indexOf);

    private Ranks() {}

    static boolean isAbove(Role role, Role ceiling) {
        return ORDER.compare(role, ceiling) > 0;
    }

    static Role lower(Role one, Role other) {
        return isAbove(one, other) ? other : one;
    }
}
