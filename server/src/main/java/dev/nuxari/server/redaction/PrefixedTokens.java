package dev.nuxari.server.redaction;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds tokens of issuers nobody told us about: a short prefix, and behind it characters that are random. */
final class PrefixedTokens {
    private static final Pattern PREFIXED =
            Pattern.compile("(?<![A-Za-z0-9_/+=.-])(?!sha\\d|md5|blake)[A-Za-z]{2,12}\\d?"
                    + "(?:[_-][A-Za-z0-9]{2,10}){0,3}[_-]([A-Za-z0-9]{24,200}+)(?![A-Za-z0-9+/])");
    private static final int LONGEST = 300;

    private PrefixedTokens() {}

    /** Looks at a run of characters as tokens have them; a token begins where the run does. */
    static void find(Text text, int start, int end, Spans spans) {
        int letters = start;
        while (letters < end && isLetter(text.charAt(letters))) {
            letters++;
        }
        if (letters - start < 2 || letters - start > 12 || letters == end) {
            return;
        }
        Matcher matcher = PREFIXED.matcher(text)
                .useTransparentBounds(true)
                .region(start, Math.min(text.length(), start + LONGEST));
        if (matcher.lookingAt() && isRandom(text.subSequence(matcher.start(1), matcher.end(1)))) {
            spans.add(Ranks.PREFIXED, matcher.start(), matcher.end(), "token");
        }
    }

    private static boolean isRandom(Text body) {
        boolean mixed = body.chars().anyMatch(Character::isUpperCase)
                && body.chars().anyMatch(Character::isLowerCase)
                && body.chars().filter(Character::isDigit).count() >= 2;
        return mixed && SecretValue.entropy(body) > 3.9;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
