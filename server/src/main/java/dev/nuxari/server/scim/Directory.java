package dev.nuxari.server.scim;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A directory of an organization.
 *
 * @param lastRequestAt when it was last heard of, to the minute
 */
record Directory(
        DirectoryId id,
        Settings settings,
        Instant createdAt,
        @Nullable Instant lastRequestAt,
        int version) {
    /** A directory that is disabled is not listened to; what it has sent stays. */
    enum State {
        ACTIVE,
        DISABLED
    }

    /** By what a group is known. */
    enum MatchedBy {
        DISPLAY_NAME,
        EXTERNAL_ID
    }

    /** The members of this group have that role. */
    record GroupRole(MatchedBy matchedBy, String value, Role role) {
        Json.Obj forEvent() {
            return Json.object("matchedBy", matchedBy, "value", value, "role", role);
        }
    }

    /**
     * What an administrator says of it.
     *
     * @param defaultRole what somebody is who is in none of the groups
     * @param ceiling no role that it gives is above this one
     */
    record Settings(String name, Role defaultRole, Role ceiling, State state, List<GroupRole> groupRoles) {
        Settings {
            groupRoles = List.copyOf(groupRoles);
        }

        Json.Obj forEvent() {
            return Json.object(
                    "name",
                    name,
                    "defaultRole",
                    defaultRole,
                    "ceiling",
                    ceiling,
                    "state",
                    state,
                    "groupRoles",
                    groupRoles.stream().map(GroupRole::forEvent).toList());
        }
    }

    boolean isActive() {
        return settings.state() == State.ACTIVE;
    }
}
