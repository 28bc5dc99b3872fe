package dev.nuxari.server.redaction;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/** Looks into Base64: what holds a secret when decoded is a secret. */
final class Encoded {
    /** Shorter runs hold nothing worth hiding. */
    static final int SHORTEST = 12;

    private static final Pattern USER_AND_PASSWORD = Pattern.compile("[^\\s:]{1,80}:[^\\s]{3,200}");
    private static final String KIND = "encoded-secret";
    private static final int LONGEST = 1 << 20;
    private static final byte[] VALUES = new byte[128];
    /** As many characters are tried before all are decoded. */
    private static final int SAMPLE = 16;

    static {
        Arrays.fill(VALUES, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            VALUES[alphabet.charAt(i)] = (byte) i;
        }
        VALUES['-'] = VALUES['+'];
        VALUES['_'] = VALUES['/'];
    }

    private Encoded() {}

    /** Whether the first characters of this run decode to nothing but printable ones; it makes nothing. */
    static boolean mayBeText(String text, int start, int end) {
        int length = Math.min(SAMPLE, (end - start) & ~3);
        for (int at = start; at < start + length; at += 4) {
            int bits = (VALUES[text.charAt(at)] << 18)
                    | (VALUES[text.charAt(at + 1)] << 12)
                    | (VALUES[text.charAt(at + 2)] << 6)
                    | VALUES[text.charAt(at + 3)];
            if (!isText(bits >> 16) || !isText((bits >> 8) & 0xff) || !isText(bits & 0xff)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isText(int one) {
        return (one >= ' ' && one < 127) || one == '\n' || one == '\r' || one == '\t';
    }

    static void find(Text text, int start, int end, int layers, Spans spans) {
        int behind = end;
        while (behind < Math.min(text.length(), end + 2) && text.charAt(behind) == '=') {
            behind++;
        }
        String decoded = decode(text.substring(start, end));
        if (!decoded.isEmpty() && (isBasic(text, start, decoded) || holdsSecret(text.derived(decoded), layers))) {
            spans.add(Ranks.ENCODED, start, behind, KIND);
        }
    }

    private static boolean holdsSecret(Text decoded, int layers) {
        return !Scan.of(decoded, layers - 1).isEmpty();
    }

    private static boolean isBasic(Text text, int start, String decoded) {
        return text.regionMatchesIgnoringCase(start - 6, "basic ")
                && USER_AND_PASSWORD.matcher(decoded).matches();
    }

    /** The text behind Base64, or nothing if it is none. */
    private static String decode(String run) {
        String bare = run.replace('-', '+').replace('_', '/');
        if (bare.length() > LONGEST || bare.length() % 4 == 1) {
            return "";
        }
        byte[] bytes = Base64.getDecoder().decode(bare);
        for (byte one : bytes) {
            if (!isText(one)) {
                return "";
            }
        }
        return new String(bytes, ISO_8859_1);
    }
}
