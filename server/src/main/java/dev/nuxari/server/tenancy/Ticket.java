package dev.nuxari.server.tenancy;

import dev.nuxari.kernel.OrganizationId;
import java.time.Instant;

/**
 * The right to walk through one organization's door: a MAC, in hexadecimal, over organization, actor and expiry.
 *
 * <p>SQL cannot compute it, so a statement smuggled into one organization's scope opens no other.
 */
record Ticket(Door door, OrganizationId organization, String subject, Instant expiresAt, String mac) {
    enum Door {
        MEMBER("SELECT enter_organization(:organization, :subject, :expires, decode(:mac, 'hex'))"),
        SYSTEM("SELECT enter_organization_as_system(:organization, :subject, :expires, decode(:mac, 'hex'))");

        private final String statement;

        Door(String statement) {
            this.statement = statement;
        }

        String statement() {
            return statement;
        }
    }

    @Override
    public String toString() {
        return "Ticket[" + door + ", " + organization + ", " + subject + ", ***]";
    }
}
