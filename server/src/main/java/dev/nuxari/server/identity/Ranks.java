package dev.nuxari.server.identity;

import dev.nuxari.kernel.Role;
import java.util.Comparator;
import java.util.List;

/**
 * The roles in the order of what they may do to an organization, as {@code role_rank} in the database has it. Two roles that are
 * not comparable by what they permit (auditor reads the log, approver decides) are put in a row nevertheless: a ceiling has to
 * say of each role whether it is below.
 */
public final class Ranks {
    private static final List<Role> ASCENDING =
            List.of(Role.READONLY, Role.REQUESTER, Role.AUDITOR, Role.APPROVER, Role.ADMIN, Role.OWNER);

    public static final Comparator<Role> ORDER = Comparator.comparingInt(ASCENDING::indexOf);

    private Ranks() {}

    public static boolean isAbove(Role role, Role ceiling) {
        return ORDER.compare(role, ceiling) > 0;
    }

    public static Role lower(Role one, Role other) {
        return isAbove(one, other) ? other : one;
    }
}
