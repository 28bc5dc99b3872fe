package dev.nuxari.keycloak.entry;

import java.util.Locale;

/** Why an organization does not let somebody in, in the order in which it is said. */
enum Refusal {
    /** What the organization wants is not known. */
    UNREADABLE,
    SIGN_IN_TOO_OLD,
    ADDRESS,
    METHOD,
    MFA,
    /** They stand behind a provider's word, and want to set up a way in that needs no provider. */
    ACCOUNT_CHANGE;

    /** As it stands in events and in the names of messages. */
    String spelled() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether signing in again, in another way, can help. */
    boolean passesWithAnotherSignIn() {
        return this == SIGN_IN_TOO_OLD || this == METHOD || this == MFA;
    }
}
