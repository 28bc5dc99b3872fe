package dev.nuxari.server.redaction;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds private keys in PEM armour (RFC 7468 and its relatives), also with escaped or quoted line ends. */
final class PrivateKeys {
    static final String BEGIN = "-----BEGIN ";
    /** How the first bytes of their DER look in Base64. */
    static final List<String> BARE_BEGINNINGS = List.of("MII", "MIG", "MHcCAQEE", "MC4CAQAwBQYDK2Vw");

    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    /** The same without armour: the first bytes of the DER say which structure follows. */
    private static final Pattern BARE = Pattern.compile("(?<![A-Za-z0-9+/])"
            + "(?:MII[A-Za-z0-9+/]{3}IBAA[JK]|MII[A-Za-z0-9+/]{3}IBADANBg|MIG[A-Za-z0-9+/]AgE|MHcCAQEE|MC4CAQAwBQYDK2Vw)"
            + "[A-Za-z0-9+/=]{20,6000}+(?:(?:\\\\[rn]|\\s){1,16}[A-Za-z0-9+/=]{24,80}+){0,100}+");

    private static final String KIND = "private-key";
    private static final int LONGEST_LABEL = 60;
    private static final int LONGEST = 16_000;

    private final Text text;
    private final Spans spans;
    private int bareUntil;
    private int until;
    private int armourEnd = -1;

    PrivateKeys(Text text, Spans spans) {
        this.text = text;
        this.spans = spans;
    }

    void lookAtBare(int start) {
        if (start < bareUntil) {
            return;
        }
        Matcher bare =
                BARE.matcher(text).useTransparentBounds(true).region(start, Math.min(text.length(), start + LONGEST));
        if (bare.lookingAt()) {
            spans.add(Ranks.PRIVATE_KEY, bare.start(), bare.end(), KIND);
            bareUntil = bare.end();
        }
    }

    /** The opening line begins at {@code start}. */
    void lookAtArmour(int start, int label) {
        if (start < until || !isPrivate(label)) {
            return;
        }
        armourEnd = armourEnd < label && armourEnd != text.length() ? armourEnd(label) : armourEnd;
        until = armourEnd < text.length() ? armourEnd : bodyEnd(label);
        spans.add(Ranks.PRIVATE_KEY, start, until, KIND);
    }

    private boolean isPrivate(int label) {
        Text head = text.subSequence(label, Math.min(text.length(), label + LONGEST_LABEL));
        int dashes = head.indexOf(DASHES, 0);
        int words = head.indexOf("PRIVATE KEY", 0);
        return words >= 0 && words < dashes;
    }

    /** Behind the closing line, or the end of the text if there is none. */
    private int armourEnd(int from) {
        int end = text.indexOf(END, from);
        if (end < 0) {
            return text.length();
        }
        int dashes = text.indexOf(DASHES, end + END.length(), end + LONGEST_LABEL + DASHES.length());
        return dashes < 0 ? end + END.length() : dashes + DASHES.length();
    }

    /** An armour that never closes was cut off: the key goes on as long as it looks like one. */
    private int bodyEnd(int from) {
        int at = text.indexOf(DASHES, from) + DASHES.length();
        while (at < text.length() && isOfBody(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isOfBody(char c) {
        return c < 128 && (Character.isLetterOrDigit(c) || "+/=\\ \r\n\t:,-\"'".indexOf(c) >= 0);
    }
}
