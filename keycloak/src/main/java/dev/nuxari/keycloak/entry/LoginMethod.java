package dev.nuxari.keycloak.entry;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** By what means a person signs in. The server has the same four. */
enum LoginMethod {
    PASSWORD,
    PASSKEY,
    OIDC,
    SAML;

    String spelled() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<LoginMethod> ofSpelling(String text) {
        return Arrays.stream(values())
                .filter(method -> method.spelled().equals(text))
                .findFirst();
    }

    /** The broker's own sign-ins are known by what was shown (RFC 8176): a passkey that follows a password is a second factor. */
    static Optional<LoginMethod> ofShown(List<String> references) {
        if (references.contains("pwd")) {
            return Optional.of(PASSWORD);
        }
        return references.contains("pop") ? Optional.of(PASSKEY) : Optional.empty();
    }
}
