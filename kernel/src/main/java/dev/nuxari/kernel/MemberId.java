package dev.nuxari.kernel;

import java.util.UUID;

/** Names a person in one organization. The same person in another organization is another member. */
public record MemberId(UUID value) {
    /**
     * Reads the form that the wire and the database use.
     *
     * @throws IllegalArgumentException if the text is no UUID
     */
    public static MemberId parse(String text) {
        return new MemberId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
