package dev.nuxari.server.redaction;

import java.text.Normalizer;
import java.util.BitSet;

/**
 * Characters that read like others, or like nothing: full-width letters, mathematical digits, soft hyphens, zero-width
 * spaces. What looks alike only, such as a Cyrillic letter, is another character and stays one.
 */
final class Folding {
    /** One of them; where it stands in a literal, all of them are meant. */
    static final String ANY = "\u200b";

    private static final String INVISIBLE = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0";
    /** Half a character whose other half decides: mathematical letters, letters in squares, tags. */
    private static final String HALVES = "\ud835\ud83c\udb40";

    /** The scripts of East Asia, for which nobody has to be asked one by one. */
    private static final char FIRST_IDEOGRAPH = '\u3400';

    private static final char LAST_SYLLABLE = '\ud7a3';

    private static final BitSet FOLDED = table();

    private Folding() {}

    /** Whether the character, or half of one, may not be what it seems. */
    static boolean isFolded(char c) {
        return FOLDED.get(c);
    }

    /** What the character reads like: another one, several, itself, or nothing. */
    static String of(int codePoint) {
        if (isInvisible(codePoint)) {
            return "";
        }
        return Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKC);
    }

    private static boolean isInvisible(int codePoint) {
        return Character.getType(codePoint) == Character.FORMAT
                || (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
                || (codePoint >= 0xE0000 && codePoint <= 0xE0FFF)
                || (codePoint >= 0x180B && codePoint <= 0x180F)
                || INVISIBLE.indexOf(codePoint) >= 0;
    }

    private static BitSet table() {
        BitSet folded = new BitSet();
        for (char c = 128; c < Character.MAX_VALUE; c++) {
            folded.set(c, Character.isSurrogate(c) ? HALVES.indexOf(c) >= 0 : isInvisible(c) || !isItself(c));
        }
        return folded;
    }

    private static boolean isItself(char c) {
        boolean stable = (c >= FIRST_IDEOGRAPH && c <= LAST_SYLLABLE) || Character.getType(c) == Character.PRIVATE_USE;
        return stable || Normalizer.isNormalized(Character.toString(c), Normalizer.Form.NFKC);
    }
}
