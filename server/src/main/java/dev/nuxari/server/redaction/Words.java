package dev.nuxari.server.redaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The words a name is made of, and lists of words. */
final class Words {
    private static final int LONGEST_NAME = 80;
    private static final Pattern SPACE = Pattern.compile(" ");

    private Words() {}

    /** The words of these lines, in their order. */
    static Set<String> list(String... lines) {
        Set<String> words = new LinkedHashSet<>();
        Arrays.stream(lines).flatMap(SPACE::splitAsStream).forEach(words::add);
        return words;
    }

    /** Splits at everything that is no letter or digit, between letters and digits, and where the case rises. */
    static List<String> of(CharSequence name) {
        int from = Math.max(0, name.length() - LONGEST_NAME);
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = from; i <= name.length(); i++) {
            boolean inWord = i < name.length() && Character.isLetterOrDigit(name.charAt(i));
            if (start >= 0 && (!inWord || breaks(name, i))) {
                words.add(name.subSequence(start, i).toString().toLowerCase(Locale.ROOT));
                start = -1;
            }
            if (inWord && start < 0) {
                start = i;
            }
        }
        return words;
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
