package dev.nuxari.keycloak.invitation;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is asked for, as it comes in JSON. Public and open, because Keycloak's reader of JSON fills it. */
public final class AccountSetup {
    /** So long the link may be opened at most: a browser goes there at once. */
    static final int LONGEST_SECONDS = 3600;

    private static final Set<String> KNOWN =
            Set.of("UPDATE_PASSWORD", "CONFIGURE_TOTP", "webauthn-register", "webauthn-register-passwordless");

    /** The name of the account ({@code sub}). */
    public @Nullable String subject;

    /** The organization that lets the person in. */
    public @Nullable String organization;

    /** What the person has to do, in Keycloak's words. */
    public @Nullable List<String> actions;

    /** For so long. */
    public int seconds;

    /** The client that the person comes back to. */
    public @Nullable String client;

    boolean isSensible() {
        return subject != null
                && organization != null
                && client != null
                && actions != null
                && !actions.isEmpty()
                && KNOWN.containsAll(actions)
                && seconds > 0
                && seconds <= LONGEST_SECONDS;
    }
}
