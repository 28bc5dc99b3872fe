package dev.nuxari.server.redaction;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words a name is made of. It is split at everything that is no letter or digit, between letters and digits, and where the
 * case rises.
 */
final class Words {
    private static final Pattern SPACE = Pattern.compile(" ");

    private Words() {}

    /** The words of these lines, in their order. */
    static Set<String> list(String... lines) {
        Set<String> words = new LinkedHashSet<>();
        Arrays.stream(lines).flatMap(SPACE::splitAsStream).forEach(words::add);
        return words;
    }

    /** Where the next word begins, or the length of the name if there is none. */
    static int start(CharSequence name, int from) {
        int start = from;
        while (start < name.length() && !Character.isLetterOrDigit(name.charAt(start))) {
            start++;
        }
        return start;
    }

    /** Where the word ends that begins at {@code start}. */
    static int end(CharSequence name, int start) {
        int end = start + 1;
        while (!isEnd(name, end)) {
            end++;
        }
        return end;
    }

    /** Whether a word that reaches {@code end} ends there. */
    static boolean isEnd(CharSequence name, int end) {
        return end >= name.length() || !Character.isLetterOrDigit(name.charAt(end)) || breaks(name, end);
    }

    private static boolean breaks(CharSequence name, int i) {
        char before = name.charAt(i - 1);
        char here = name.charAt(i);
        return Character.isDigit(before) != Character.isDigit(here)
                || (Character.isLowerCase(before) && Character.isUpperCase(here))
                || endsCapitals(name, i);
    }

    /** In {@code APIToken} the word ends before the last capital. */
    private static boolean endsCapitals(CharSequence name, int i) {
        return Character.isUpperCase(name.charAt(i - 1))
                && Character.isUpperCase(name.charAt(i))
                && i + 1 < name.length()
                && Character.isLowerCase(name.charAt(i + 1));
    }
}
