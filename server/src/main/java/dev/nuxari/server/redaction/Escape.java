package dev.nuxari.server.redaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** A character that is written as an escape of JSON, of a program, of a URL, or of HTML. */
record Escape(int codePoint, int length) {
    /** What all of them begin with. */
    static final String BEGINNINGS = "\\%&";

    /** Backslashes are doubled by each string in a string. */
    private static final int MOST_BACKSLASHES = 8;

    private static final int LONGEST_NUMBER = 7;
    private static final String AMPERSAND = "&amp;";
    private static final int TRIPLET = 3;

    /** The escape that begins at {@code at}, if one does. */
    static @Nullable Escape at(Text text, int at) {
        return switch (text.charAt(at)) {
            case '\\' -> backslash(text, at);
            case '%' -> percent(text, at);
            case '&' -> entity(text, at);
            default -> null;
        };
    }

    private static @Nullable Escape backslash(Text text, int at) {
        int letter = at;
        while (letter - at < MOST_BACKSLASHES && text.startsWith("\\", letter)) {
            letter++;
        }
        if (text.startsWith("u{", letter)) {
            return bracketed(text, at, letter + 2);
        }
        int digits = text.startsWith("u", letter) ? 4 : 2;
        boolean escapes = digits == 4 || text.startsWith("x", letter);
        int value = escapes ? number(text, letter + 1, letter + 1 + digits, 16) : -1;
        return value < 0 ? null : new Escape(value, letter + 1 + digits - at);
    }

    private static @Nullable Escape bracketed(Text text, int at, int start) {
        int close = text.indexOf("}", start, start + LONGEST_NUMBER);
        int value = close < 0 ? -1 : number(text, start, close, 16);
        return value < 0 ? null : new Escape(value, close + 1 - at);
    }

    private static @Nullable Escape percent(Text text, int at) {
        int first = triplet(text, at);
        if (first < 0x80) {
            return first < 0 ? null : new Escape(first, TRIPLET);
        }
        byte[] bytes = new byte[first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4];
        for (int i = 0; i < bytes.length; i++) {
            int one = triplet(text, at + i * TRIPLET);
            if (one < 0) {
                return null;
            }
            bytes[i] = (byte) one;
        }
        String decoded = new String(bytes, UTF_8);
        boolean whole = decoded.codePointCount(0, decoded.length()) == 1 && decoded.charAt(0) != '\ufffd';
        return whole ? new Escape(decoded.codePointAt(0), bytes.length * TRIPLET) : null;
    }

    private static int triplet(Text text, int at) {
        return text.startsWith("%", at) ? number(text, at + 1, at + TRIPLET, 16) : -1;
    }

    private static @Nullable Escape entity(Text text, int at) {
        if (text.startsWith(AMPERSAND, at)) {
            return new Escape('&', AMPERSAND.length());
        }
        if (!text.startsWith("&#", at)) {
            return null;
        }
        boolean hex = text.startsWith("x", at + 2) || text.startsWith("X", at + 2);
        int start = at + (hex ? 3 : 2);
        int close = text.indexOf(";", start, start + LONGEST_NUMBER + 1);
        int value = close < 0 ? -1 : number(text, start, close, hex ? 16 : 10);
        return value < 0 ? null : new Escape(value, close + 1 - at);
    }

    /** The number that these digits write, or -1. */
    private static int number(Text text, int start, int end, int radix) {
        if (end > text.length() || start >= end) {
            return -1;
        }
        int value = 0;
        for (int at = start; at < end; at++) {
            char c = text.charAt(at);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value <= Character.MAX_CODE_POINT ? value : -1;
    }
}
