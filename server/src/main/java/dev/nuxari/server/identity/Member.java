package dev.nuxari.server.identity;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.Role;

/** A person in an organization. */
public record Member(MemberId id, String displayName, String email, Role role, State state) {
    /** Only active members are admitted. */
    public enum State {
        INVITED,
        ACTIVE,
        SUSPENDED,
        DEPROVISIONED
    }
}
