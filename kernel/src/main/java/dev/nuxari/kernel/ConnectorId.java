package dev.nuxari.kernel;

import java.util.UUID;

/** Names the link to one governed system of an organization. */
public record ConnectorId(UUID value) {
    /**
     * Reads the form that the wire and the database use.
     *
     * @throws IllegalArgumentException if the text is no UUID
     */
    public static ConnectorId parse(String text) {
        return new ConnectorId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
