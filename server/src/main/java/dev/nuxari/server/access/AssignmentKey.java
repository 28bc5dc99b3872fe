package dev.nuxari.server.access;

import dev.nuxari.server.api.InvalidField;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a page of assignments begins: after this one. */
record AssignmentKey(UUID account, UUID entitlement) {
    /** Before every assignment. */
    static final AssignmentKey START = new AssignmentKey(new UUID(0, 0), new UUID(0, 0));

    static AssignmentKey of(Assignment assignment) {
        return new AssignmentKey(
                assignment.account().value(), assignment.entitlement().value());
    }

    /** Reads what {@link #toString} wrote; null is before every assignment. */
    static AssignmentKey parse(@Nullable String cursor) {
        if (cursor == null) {
            return START;
        }
        int end = cursor.indexOf('/');
        try {
            return new AssignmentKey(
                    UUID.fromString(cursor.substring(0, end)), UUID.fromString(cursor.substring(end + 1)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException notOurs) {
            throw new InvalidField("cursor", "is no cursor of this list");
        }
    }

    @Override
    public String toString() {
        return account + "/" + entitlement;
    }
}
