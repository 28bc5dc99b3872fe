package dev.nuxari.server.tenancy;

import dev.nuxari.kernel.OrganizationId;
import java.time.Instant;
import java.util.Map;

/**
 * The right to walk through one organization's door: a MAC, in hexadecimal, over organization, actor and expiry.
 *
 * <p>SQL cannot compute it, so a statement smuggled into one organization's scope opens no other.
 */
record Ticket(Door door, OrganizationId organization, String subject, Instant expiresAt, String mac) {
    enum Door {
        MEMBER("enter_organization"),
        SYSTEM("enter_organization_as_system"),
        /** The subject is the hash of a share link's token. */
        SHARE("enter_organization_by_share"),
        /** The subject is the hash of an agent's token. */
        AGENT("enter_organization_by_agent");

        private final String call;

        Door(String function) {
            this.call = function + "(:doorOrganization, :doorSubject, :doorExpires, decode(:doorMac, 'hex'))";
        }

        /** An expression that opens this door, with {@link #parametersFor} as its parameters. */
        String call() {
            return call;
        }
    }

    /** Shows the ticket at its door. It asks for an organization, and whether that is the ticket's own is seen there. */
    Map<String, Object> parametersFor(OrganizationId asked) {
        return Map.of(
                "doorOrganization",
                asked.value(),
                "doorSubject",
                subject,
                "doorExpires",
                expiresAt.toEpochMilli(),
                "doorMac",
                mac);
    }

    @Override
    public String toString() {
        return "Ticket[" + door + ", " + organization + ", " + subject + ", ***]";
    }
}
