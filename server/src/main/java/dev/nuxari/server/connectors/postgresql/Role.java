package dev.nuxari.server.connectors.postgresql;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A role of the cluster. PostgreSQL has one notion for people and groups: what may log in, belongs to a person or was
 * disabled by us is an account; the rest are entitlements.
 */
record Role(String name, boolean mayLogIn, @Nullable String comment, Optional<Person> person) {
    /** Stands in the comment of an account that was disabled: without it a role that cannot log in is a group. */
    static final String DISABLED = "[account disabled by Nuxari]";

    /** Whose account a role is. */
    record Person(String displayName, @Nullable String email) {}

    boolean isAccount() {
        return mayLogIn || person.isPresent() || wasDisabled();
    }

    private boolean wasDisabled() {
        return comment != null && comment.contains(DISABLED);
    }

    String commentWhenDisabled() {
        if (comment == null || comment.isBlank()) {
            return DISABLED;
        }
        return wasDisabled() ? comment : comment + " " + DISABLED;
    }

    String displayName() {
        return person.map(Person::displayName).orElse(name);
    }

    @Nullable
    String email() {
        return person.map(Person::email).orElse(null);
    }
}
