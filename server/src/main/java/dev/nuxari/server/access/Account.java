package dev.nuxari.server.access;

import dev.nuxari.kernel.ConnectorId;
import org.jspecify.annotations.Nullable;

/**
 * An identity inside a governed system, as it was last seen.
 *
 * @param nativeId the name the system has for it
 * @param email what correlates it with a member; absent for an account that belongs to nobody in particular
 */
public record Account(
        AccountId id,
        ConnectorId connector,
        String nativeId,
        String displayName,
        @Nullable String email,
        State state) {
    /** What the system says of it. */
    public enum State {
        ENABLED,
        DISABLED,
        /** It was there once. */
        ABSENT
    }

    /** Whether it is the account of whoever has this address. Addresses are compared without regard to case. */
    public boolean belongsTo(String address) {
        return email != null && !email.isBlank() && email.equalsIgnoreCase(address);
    }
}
