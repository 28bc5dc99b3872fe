package dev.nuxari.kernel;

import java.util.UUID;

/** Names an organization, the unit of isolation. */
public record OrganizationId(UUID value) {
    /**
     * Reads the form that the wire and the database use.
     *
     * @throws IllegalArgumentException if the text is no UUID
     */
    public static OrganizationId parse(String text) {
        return new OrganizationId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
