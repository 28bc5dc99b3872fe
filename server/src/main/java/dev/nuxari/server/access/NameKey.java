package dev.nuxari.server.access;

import dev.nuxari.server.api.InvalidField;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a page of a list in order of names begins: after this row. */
record NameKey(String name, UUID id) {
    /** Before every row. */
    static final NameKey START = new NameKey("", new UUID(0, 0));

    static NameKey of(Account account) {
        return new NameKey(account.displayName(), account.id().value());
    }

    static NameKey of(Entitlement entitlement) {
        return new NameKey(entitlement.name(), entitlement.id().value());
    }

    /** Reads what {@link #toString} wrote; null is before every row. */
    static NameKey parse(@Nullable String cursor) {
        if (cursor == null) {
            return START;
        }
        int end = cursor.indexOf('/');
        try {
            return new NameKey(cursor.substring(end + 1), UUID.fromString(cursor.substring(0, end)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException notOurs) {
            throw new InvalidField("cursor", "is no cursor of this list");
        }
    }

    @Override
    public String toString() {
        return id + "/" + name;
    }
}
