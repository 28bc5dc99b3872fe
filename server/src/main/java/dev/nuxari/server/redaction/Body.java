package dev.nuxari.server.redaction;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether so many characters of a kind follow. It is taken from the beginning of the
 * pattern itself, so that the two cannot say different things.
 */
record Body(BitSet ascii, boolean others, int least, boolean startsWord) implements Condition {
    static final Body ANY = new Body(new BitSet(), true, 0, false);

    private static final Pattern BEGINNING =
            Pattern.compile("(?:\\(\\?<?[=!][^()]*\\))*(\\[(?:[^\\]\\\\]|\\\\.)+]|\\\\[wd])\\{(\\d{1,4})[,}].*");

    /** What the pattern asks for first; nothing if it begins in another way. */
    static Body of(String pattern) {
        Matcher beginning = BEGINNING.matcher(pattern);
        if (!beginning.matches()) {
            return ANY;
        }
        Pattern one = Pattern.compile(beginning.group(1));
        BitSet ascii = new BitSet();
        for (int c = 0; c < 128; c++) {
            ascii.set(c, one.matcher(Character.toString(c)).matches());
        }
        boolean others = beginning.group(1).startsWith("[^");
        return new Body(ascii, others, Integer.parseInt(beginning.group(2)), false);
    }

    Body notInsideAWord() {
        return new Body(ascii, others, least, true);
    }

    @Override
    public boolean holds(CharSequence text, int start, int end) {
        if (startsWord && start > 0 && isOfWord(text.charAt(start - 1))) {
            return false;
        }
        if (text.length() - end < least) {
            return false;
        }
        for (int at = end; at < end + least; at++) {
            char c = text.charAt(at);
            if (c < 128 ? !ascii.get(c) : !others) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
