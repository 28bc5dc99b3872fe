package dev.nuxari.keycloak.password;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.policy.PasswordPolicyConfigException;
import org.keycloak.policy.PasswordPolicyProvider;
import org.keycloak.policy.PolicyError;

/** Keycloak asks it at registration, at every change, at a reset, and when an administrator sets a password. */
final class NuxariPasswordPolicy implements PasswordPolicyProvider {
    static final String ID = "nuxari-password";
    static final int LEAST = 12;

    private final KeycloakSession session;
    private final BreachedPasswords breached;

    NuxariPasswordPolicy(KeycloakSession session, BreachedPasswords breached) {
        this.session = session;
        this.breached = breached;
    }

    @Override
    public @Nullable PolicyError validate(RealmModel realm, UserModel user, String password) {
        List<String> personal = Stream.of(user.getUsername(), user.getEmail(), user.getFirstName(), user.getLastName())
                .filter(Objects::nonNull)
                .toList();
        return judged(realm, password, personal);
    }

    @Override
    public @Nullable PolicyError validate(@Nullable String username, String password) {
        return judged(session.getContext().getRealm(), password, username == null ? List.of() : List.of(username));
    }

    private @Nullable PolicyError judged(RealmModel realm, String password, List<String> personal) {
        int least = realm.getPasswordPolicy().getPolicyConfig(ID);
        PasswordRule rule = new PasswordRule(least, breached);
        return rule.flaw(password, personal)
                .map(flaw -> new PolicyError(flaw.message(), flaw == Flaw.TOO_LONG ? PasswordRule.MOST : least))
                .orElse(null);
    }

    /** The least number of characters; never below what the product promises. */
    @Override
    public Object parseConfig(@Nullable String value) {
        int least = parseInteger(value, LEAST);
        if (least < LEAST) {
            throw new PasswordPolicyConfigException(
                    "%s demands at least %d characters, not %d".formatted(ID, LEAST, least));
        }
        return least;
    }

    @Override
    public void close() {}
}
