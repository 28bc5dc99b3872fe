package dev.nuxari.server.identity;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A domain as DNS compares it: in lower case, without the dot of the root, international ones in their ASCII form (RFC 5890,
 * A-label). A sub-domain is another domain, and so is one that only looks alike.
 */
public record EmailDomain(String name) implements Comparable<EmailDomain> {
    /** The same as {@code is_domain} in the database. */
    private static final Pattern FORM =
            Pattern.compile("(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    public EmailDomain {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException("is no domain such as acme.example");
        }
    }

    /**
     * Reads what a person wrote.
     *
     * @throws IllegalArgumentException if it is no domain, or not everybody would read it as the same one
     */
    public static EmailDomain parse(String text) {
        String plain = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return new EmailDomain(isAscii(plain) ? plain.toLowerCase(Locale.ROOT) : ascii(plain));
    }

    /**
     * The platform's converter knows the older standard (RFC 3490), which maps some letters to others: ß to ss, for one, so
     * that two domains of two owners would be the same. What it would map is refused.
     */
    private static String ascii(String international) {
        String lower = Normalizer.normalize(
                Normalizer.normalize(international, Normalizer.Form.NFC).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
        try {
            String ascii = IDN.toASCII(lower, IDN.USE_STD3_ASCII_RULES);
            if (!isAscii(lower) && IDN.toUnicode(ascii).equals(lower)) {
                return ascii;
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw new IllegalArgumentException("has letters that are not read alike everywhere: give its form with xn--");
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(letter -> letter < 0x80);
    }

    @Override
    public int compareTo(EmailDomain other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
