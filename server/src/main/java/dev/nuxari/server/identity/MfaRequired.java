package dev.nuxari.server.identity;

import dev.nuxari.kernel.Role;
import java.util.EnumSet;
import java.util.Set;

/** Of whom an organization demands a second factor. */
public enum MfaRequired {
    NOBODY,
    /** Of those who decide, change something for others, or read the whole log. */
    PRIVILEGED,
    EVERYBODY;

    private static final Set<Role> PRIVILEGED_ROLES = EnumSet.of(Role.OWNER, Role.ADMIN, Role.APPROVER, Role.AUDITOR);

    public boolean of(Role role) {
        return switch (this) {
            case NOBODY -> false;
            case PRIVILEGED -> PRIVILEGED_ROLES.contains(role);
            case EVERYBODY -> true;
        };
    }
}
