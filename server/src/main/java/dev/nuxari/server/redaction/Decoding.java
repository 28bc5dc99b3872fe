package dev.nuxari.server.redaction;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** The text behind Base64 (RFC 4648, both alphabets) and behind hexadecimal digits, if it is one. */
final class Decoding {
    private static final int LONGEST = 1 << 20;
    private static final byte[] VALUES = new byte[128];
    /** As many characters are tried before all are decoded. */
    private static final int SAMPLE = 16;

    private static final int NO_TEXT = -1;

    static {
        Arrays.fill(VALUES, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            VALUES[alphabet.charAt(i)] = (byte) i;
        }
        VALUES['-'] = VALUES['+'];
        VALUES['_'] = VALUES['/'];
    }

    private Decoding() {}

    /** Whether the first characters of this run decode to the beginning of a text; it makes nothing. */
    static boolean mayBeText(String run, int start, int end) {
        return mayBeBase64(run, start, end) || mayBeHex(run, start, end);
    }

    private static boolean mayBeBase64(String run, int start, int end) {
        int length = Math.min(SAMPLE, (end - start) & ~3);
        int utf8 = 0;
        boolean wide = true;
        for (int at = start; at < start + length; at += 4) {
            int bits = (VALUES[run.charAt(at)] << 18)
                    | (VALUES[run.charAt(at + 1)] << 12)
                    | (VALUES[run.charAt(at + 2)] << 6)
                    | VALUES[run.charAt(at + 3)];
            utf8 = goOn(goOn(goOn(utf8, bits >> 16), (bits >> 8) & 0xff), bits & 0xff);
            wide &= isWide(bits, ((at - start) & 4) == 0);
            if (utf8 == NO_TEXT && !wide) {
                return false;
            }
        }
        return true;
    }

    /** Whether every other byte is zero, as in UTF-16 of an alphabet; three bytes begin with a letter or with a zero. */
    private static boolean isWide(int bits, boolean even) {
        int first = bits >> 16;
        int second = (bits >> 8) & 0xff;
        int third = bits & 0xff;
        return even
                ? isPrintable(first) && second == 0 && isPrintable(third)
                : first == 0 && isPrintable(second) && third == 0;
    }

    private static boolean mayBeHex(String run, int start, int end) {
        if (((end - start) & 1) != 0 || end - start < SAMPLE) {
            return false;
        }
        int utf8 = 0;
        for (int at = start; at < start + SAMPLE && utf8 != NO_TEXT; at += 2) {
            int high = Character.digit(run.charAt(at), 16);
            int low = Character.digit(run.charAt(at + 1), 16);
            utf8 = high < 0 || low < 0 ? NO_TEXT : goOn(utf8, (high << 4) | low);
        }
        return utf8 != NO_TEXT;
    }

    /** How many bytes of a character of UTF-8 are to come after this one, when {@code more} were before it. */
    private static int goOn(int more, int one) {
        if (more != 0) {
            return more > 0 && (one & 0xC0) == 0x80 ? more - 1 : NO_TEXT;
        }
        if (one < 0x80) {
            return isPrintable(one) ? 0 : NO_TEXT;
        }
        if (one < 0xC2 || one > 0xF4) {
            return NO_TEXT;
        }
        return one < 0xE0 ? 1 : one < 0xF0 ? 2 : 3;
    }

    private static boolean isPrintable(int one) {
        return (one >= ' ' && one < 127) || one == '\n' || one == '\r' || one == '\t';
    }

    /** The text, or nothing if there is none. */
    static String text(String run) {
        if (run.length() > LONGEST) {
            return "";
        }
        if (mayBeHex(run, 0, run.length()) && run.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            return text(HexFormat.of().parseHex(run));
        }
        return run.length() % 4 == 1
                ? ""
                : text(Base64.getDecoder().decode(run.replace('-', '+').replace('_', '/')));
    }

    private static String text(byte[] bytes) {
        if (bytes.length > 1 && bytes[1] == 0) {
            String wide = new String(bytes, UTF_16LE);
            return wide.chars().allMatch(Decoding::isPrintable) ? wide : "";
        }
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.chars().allMatch(c -> c >= 127 ? c > 159 : isPrintable(c)) ? text : "";
        } catch (CharacterCodingException _) {
            return "";
        }
    }
}
