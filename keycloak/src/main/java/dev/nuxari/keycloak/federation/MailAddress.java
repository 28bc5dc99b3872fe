package dev.nuxari.keycloak.federation;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses as they are taken from providers: one {@code @}, letters, digits and few signs before it. What could be read in two
 * ways (quotes, comments, spaces, letters beyond ASCII) is no address.
 */
final class MailAddress {
    private static final Pattern ADDRESS = Pattern.compile(
            "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?<domain>[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9]))");

    private MailAddress() {}

    static Optional<String> domain(String address) {
        Matcher matcher = ADDRESS.matcher(address);
        return matcher.matches() ? Optional.of(matcher.group("domain").toLowerCase(Locale.ROOT)) : Optional.empty();
    }
}
