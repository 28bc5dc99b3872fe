package dev.nuxari.server.tenancy;

import dev.nuxari.kernel.ActorId;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Permission;
import dev.nuxari.kernel.Role;
import java.util.Optional;

/**
 * Who is asking: verified by the authentication layer, with the ticket that opens the organization's door.
 *
 * <p>Only {@link Doorkeeper} makes one. It carries two organizations that come from different places: the one the broker
 * signed, and the one in the caller's own membership row.
 */
public final class Caller {
    private final Ticket ticket;
    private final Membership membership;
    private final Origin origin;

    Caller(Ticket ticket, Membership membership, Origin origin) {
        this.ticket = ticket;
        this.membership = membership;
        this.origin = origin;
    }

    /** What the caller's own membership row says; for the server itself, what it acts for. */
    record Membership(
            OrganizationId organization, ActorId actor, String email, String displayName, Optional<Role> role) {}

    /** The organization the broker signed for this session or token. */
    public OrganizationId organization() {
        return ticket.organization();
    }

    public ActorId id() {
        return membership.actor();
    }

    /**
     * The member that asks.
     *
     * @throws IllegalStateException if the server itself is asking
     */
    public MemberId memberId() {
        if (!id().isMember()) {
            throw new IllegalStateException(id() + " is no member");
        }
        return MemberId.parse(id().id());
    }

    /** The broker's name for the person ({@code sub}), or the name of the system actor. */
    public String subject() {
        return ticket.subject();
    }

    public String email() {
        return membership.email();
    }

    public String displayName() {
        return membership.displayName();
    }

    /** Empty for the server itself. */
    public Optional<Role> role() {
        return membership.role();
    }

    public Origin origin() {
        return origin;
    }

    /** What the role permits. The server itself has no role: what it does was decided by people. */
    public boolean may(Permission permission) {
        return membership.role().filter(role -> role.may(permission)).isPresent();
    }

    Ticket ticket() {
        return ticket;
    }

    OrganizationId memberOf() {
        return membership.organization();
    }

    @Override
    public String toString() {
        return id() + " of " + organization();
    }
}
