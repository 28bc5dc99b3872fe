package dev.nuxari.server.identity;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.Origin;
import java.util.UUID;

/**
 * By what somebody becomes a member without provisioning. The database reads from the name of the caller which row stands
 * behind it, and permits what that row says: see {@code V200__enrolment.sql}.
 */
public enum EnrolmentDoor {
    INVITE,
    SCIM,
    FEDERATION;

    /**
     * The caller that enrols.
     *
     * @param source the invite, the directory or the identity provider
     */
    public Caller open(Doorkeeper doorkeeper, OrganizationId organization, UUID source, Origin origin) {
        return doorkeeper.admitSystem(organization, Spelling.of(this) + "/" + source, origin);
    }
}
