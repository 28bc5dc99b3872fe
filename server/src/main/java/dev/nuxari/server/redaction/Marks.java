package dev.nuxari.server.redaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes and recognises what stands in the place of a secret: {@code [redacted:<kind>:<fingerprint><check>]}. The fingerprint
 * is the same for equal secrets under one key; the check shows that the mark was written with that key.
 */
final class Marks {
    /** The kind of a mark that nobody with the key has written. */
    static final String UNVERIFIED = "unverified-mark";

    static final int FINGERPRINT_DIGITS = 16;
    static final int CHECK_DIGITS = 8;
    /** A mark is not longer. */
    static final int LONGEST = 80;

    private static final String ALGORITHM = "HmacSHA256";
    private static final HexFormat HEX = HexFormat.of();
    static final Pattern MARK = Pattern.compile(
            "\\[redacted:([a-z0-9-]{1,40}):([0-9a-f]{%d})([0-9a-f]{%d})]".formatted(FINGERPRINT_DIGITS, CHECK_DIGITS));

    private final Mac mac;

    Marks(byte[] key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is not available", e);
        }
    }

    String mark(String kind, String secret) {
        String fingerprint = digits("secret", asRead(secret), FINGERPRINT_DIGITS);
        return Spans.MARK + kind + ":" + fingerprint + check(kind, fingerprint) + "]";
    }

    /** A secret is the same however its characters are escaped, and wherever a string was cut in two. */
    private static String asRead(String secret) {
        return Unfolding.all(Seams.without(Text.of(secret)).text().content());
    }

    /** Leaves genuine marks as they are, and takes away those that only look so. */
    void settle(String text, Spans spans) {
        NavigableMap<Integer, Integer> genuine = new TreeMap<>();
        Matcher marks = MARK.matcher(text);
        while (marks.find()) {
            if (isGenuine(marks)) {
                genuine.put(marks.start(), marks.end());
            } else {
                spans.add(Ranks.MARK, marks.start(), marks.end(), UNVERIFIED);
            }
        }
        spans.keep(genuine);
    }

    boolean isGenuine(String text) {
        Matcher mark = MARK.matcher(text);
        return mark.matches() && isGenuine(mark);
    }

    private boolean isGenuine(Matcher mark) {
        String expected = check(mark.group(1), mark.group(2));
        return MessageDigest.isEqual(expected.getBytes(UTF_8), mark.group(3).getBytes(UTF_8));
    }

    private String check(String kind, String fingerprint) {
        return digits("mark", kind + ":" + fingerprint, CHECK_DIGITS);
    }

    /** What is fingerprinted and what is checked never meet: a secret cannot be chosen so that its digits are a check. */
    private String digits(String purpose, String content, int count) {
        mac.update(purpose.getBytes(UTF_8));
        mac.update((byte) 0);
        byte[] code = mac.doFinal(content.getBytes(UTF_8));
        return HEX.formatHex(Arrays.copyOf(code, count / 2));
    }
}
