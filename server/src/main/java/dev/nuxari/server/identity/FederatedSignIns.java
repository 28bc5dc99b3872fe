package dev.nuxari.server.identity;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.tenancy.Caller;
import java.util.UUID;

/** Who comes by an organization's own identity provider: asked at the end of each such sign-in, before anybody is let in. */
public interface FederatedSignIns {
    /**
     * Makes the person a member if they are to be one, or gives a member the role that their groups say.
     *
     * @param door enters as the provider, and may do what it permits
     * @return false if the provider does not speak for this person; then they are not let in
     */
    boolean arrived(OrganizationId organization, Caller door, FederatedPerson person);

    /** Whether people come in by that provider now. Asked with each token that stands on its word. */
    boolean isOpen(OrganizationId organization, Caller caller, UUID provider);
}
