package dev.nuxari.server.identity;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address whose domain is beyond doubt. There are addresses that one mail system reads as of one domain and another
 * as of another: quoted or encoded local parts, routes, several at signs, blanks. Those are none here.
 */
public record EmailAddress(String localPart, EmailDomain domain) {
    private static final String WORD = "[A-Za-z0-9#$&'*+/=?^_`{|}~-]+";

    /** The same as in {@code email_domain} in the database. */
    private static final Pattern LOCAL_PART = Pattern.compile("(?=.{1,64}$)" + WORD + "(\\." + WORD + ")*");

    /** RFC 2047: mail systems have decoded such words into addresses of other domains. */
    private static final String ENCODED_WORD = "=?";

    /** Empty for what is no address, and for one that is in doubt. */
    public static Optional<EmailAddress> parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            return Optional.empty();
        }
        String localPart = text.substring(0, at);
        if (!LOCAL_PART.matcher(localPart).matches() || localPart.contains(ENCODED_WORD)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new EmailAddress(localPart, EmailDomain.parse(text.substring(at + 1))));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** How it is stored: the database reads ASCII only. */
    public String canonical() {
        return localPart + "@" + domain;
    }
}
