package dev.nuxari.server.redaction;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what is compared with a variable that is named for a secret: {@code if ("…" == password)}. */
final class Comparison {
    private static final Pattern COMPARED =
            Pattern.compile("(?<![A-Za-z0-9])[\"']([^\"'\\n]{4,200})[\"']\\s{0,4}[!=]={1,2}\\s{0,4}[\\w.$>-]{0,60}?"
                    + "(?i:pass(?:word|wd)?|pwd|secret|token|_key|apikey)\\b");
    private static final int LONGEST = 202;
    private static final int REST = 100;

    private Comparison() {}

    /** The operator begins at {@code operator}. */
    static void find(Text text, int operator, Spans spans) {
        int close = operator - 1;
        while (close > 0 && operator - close < 5 && Character.isWhitespace(text.charAt(close))) {
            close--;
        }
        if (close <= 0 || !isQuote(text.charAt(close))) {
            return;
        }
        Matcher matcher = COMPARED.matcher(text)
                .useTransparentBounds(true)
                .region(opening(text, close), Math.min(text.length(), operator + REST));
        if (matcher.lookingAt() && isSecret(text.subSequence(matcher.start(1), matcher.end(1)))) {
            spans.add(Ranks.PREFIXED - 2, matcher.start(1), matcher.end(1), "password");
        }
    }

    private static int opening(Text text, int close) {
        int open = close - 1;
        while (open > 0 && close - open < LONGEST && !isQuote(text.charAt(open))) {
            open--;
        }
        return open;
    }

    private static boolean isSecret(Text value) {
        return !SecretValue.isFiller(value) && !SecretValue.isHarmless(value);
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }
}
