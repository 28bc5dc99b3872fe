package dev.nuxari.server.redaction;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds private keys in PEM armour (RFC 7468 and its relatives), also with escaped or quoted line ends. */
final class PrivateKeys implements Finder {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    /** The same without armour: the first bytes of the DER say which structure follows. */
    private static final Pattern BARE = Pattern.compile("(?<![A-Za-z0-9+/])"
            + "(?:MII[A-Za-z0-9+/]{3}IBAA[JK]|MII[A-Za-z0-9+/]{3}IBADANBg|MIG[A-Za-z0-9+/]AgE|MHcCAQEE|MC4CAQAwBQYDK2Vw)"
            + "[A-Za-z0-9+/=]{20,6000}+(?:(?:\\\\[rn]|\\s){1,16}[A-Za-z0-9+/=]{24,80}+){0,100}+");

    private static final String KIND = "private-key";
    private static final int LONGEST_LABEL = 60;

    @Override
    public void find(String text, Spans spans) {
        Matcher bare = BARE.matcher(text);
        while (bare.find()) {
            spans.add(bare.start(), bare.end(), KIND);
        }
        findArmoured(text, spans);
    }

    private static void findArmoured(String text, Spans spans) {
        int at = text.indexOf(BEGIN);
        int end = -1;
        while (at >= 0) {
            int next = at + BEGIN.length();
            if (isPrivate(text, next)) {
                end = end < next && end != text.length() ? armourEnd(text, next) : end;
                int until = end < text.length() ? end : bodyEnd(text, next);
                spans.add(at, until, KIND);
                next = until;
            }
            at = text.indexOf(BEGIN, next);
        }
    }

    private static boolean isPrivate(String text, int label) {
        int limit = Math.min(text.length(), label + LONGEST_LABEL);
        String head = text.substring(label, limit);
        int dashes = head.indexOf("-----");
        return dashes >= 0 && head.substring(0, dashes).contains("PRIVATE KEY");
    }

    /** Behind the closing line, or the end of the text if there is none. */
    private static int armourEnd(String text, int from) {
        int end = text.indexOf(END, from);
        if (end < 0) {
            return text.length();
        }
        int dashes = text.indexOf("-----", end + END.length());
        return dashes < 0 || dashes > end + LONGEST_LABEL ? end + END.length() : dashes + 5;
    }

    /** An armour that never closes was cut off: the key goes on as long as it looks like one. */
    private static int bodyEnd(String text, int from) {
        int at = text.indexOf("-----", from) + 5;
        while (at < text.length() && isOfBody(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isOfBody(char c) {
        return c < 128 && (Character.isLetterOrDigit(c) || "+/=\\ \r\n\t:,-\"'".indexOf(c) >= 0);
    }
}
