package dev.nuxari.server.identity;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.Permission;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Spelling;

/** A person in an organization. */
public record Member(MemberId id, String displayName, String email, Role role, State state, int version) {
    /** Only active members are admitted. */
    public enum State {
        INVITED,
        ACTIVE,
        SUSPENDED,
        DEPROVISIONED
    }

    boolean isActive() {
        return state == State.ACTIVE;
    }

    boolean isOwner() {
        return role == Role.OWNER;
    }

    /** Came through a door of enrolment and has not left: neither invited nor deprovisioned. */
    boolean isEnrolled() {
        return isActive() || state == State.SUSPENDED;
    }

    boolean may(Permission permission) {
        return isActive() && role.may(permission);
    }

    /** What the audit log says of it: no name and no address. */
    Json.Obj forEvent() {
        return Json.object("role", Spelling.of(role), "state", Spelling.of(state), "version", version);
    }
}
