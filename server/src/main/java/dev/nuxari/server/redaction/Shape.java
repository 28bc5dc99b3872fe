package dev.nuxari.server.redaction;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A credential that can be told by its form alone: it contains {@code anchor}, and the characters around the anchor
 * match {@code pattern}. Quantifiers in patterns are bounded, and what they read without success is short, so that no
 * text makes them slow.
 *
 * @param anchor a literal that is looked for first
 * @param reach how many characters before the anchor may belong to the credential
 * @param condition asked before the pattern
 */
record Shape(String kind, String anchor, Pattern pattern, int reach, Condition condition) {
    private static final int LONGEST = 32_000;
    private static final String NOT_INSIDE_A_WORD = "(?<![A-Za-z0-9])";

    /** Begins with the anchor, and goes on as {@code rest} says. */
    static Shape starting(String kind, String anchor, String rest) {
        Pattern pattern = Pattern.compile(NOT_INSIDE_A_WORD + Pattern.quote(anchor) + rest);
        return new Shape(kind, anchor, pattern, 0, Body.of(rest).notInsideAWord());
    }

    /** Follows the anchor, which is no part of it: the pattern's group is the secret. */
    static Shape following(String kind, String anchor, String rest) {
        return new Shape(kind, anchor, Pattern.compile(Pattern.quote(anchor) + rest), 0, Body.of(rest));
    }

    /** The same, if a condition holds that the text itself cannot fail when the pattern matches. */
    Shape when(Condition other) {
        return new Shape(kind, anchor, pattern, reach, other);
    }

    /** Has the anchor at most {@code reach} characters after its first; {@code whole} describes all of it. */
    static Shape around(String kind, String anchor, int reach, String whole) {
        return new Shape(kind, anchor, Pattern.compile(NOT_INSIDE_A_WORD + whole), reach, Condition.NONE);
    }

    /** Has nothing that could be looked for; the caller knows where it may begin. */
    static Shape at(String kind, String whole) {
        return new Shape(kind, "", Pattern.compile(NOT_INSIDE_A_WORD + whole), 0, Condition.NONE);
    }

    /** Looks at the anchor that stands at {@code at}; the end of what was found, or -1. */
    int find(Text text, int at, int rank, Spans spans) {
        if (!condition.holds(text, at, at + anchor.length())) {
            return -1;
        }
        Matcher matcher = pattern.matcher(text).useTransparentBounds(true);
        int end = Math.min(text.length(), at + LONGEST);
        for (int start = Math.max(0, at - reach); start <= at; start++) {
            if (matcher.region(start, end).lookingAt()) {
                add(text, matcher, rank, spans);
                return matcher.end();
            }
        }
        return -1;
    }

    /** Where a pattern has a group, only the group is secret. */
    private void add(Text text, Matcher matcher, int rank, Spans spans) {
        int group = Math.min(matcher.groupCount(), 1);
        Text found = text.subSequence(matcher.start(group), matcher.end(group));
        int body = found.startsWith(anchor, 0) ? anchor.length() : 0;
        boolean shown = SecretValue.isFiller(found.subSequence(body, found.length()))
                || (group == 1 && SecretValue.isHarmless(found));
        if (!shown) {
            spans.add(rank, matcher.start(group), matcher.end(group), kind);
        }
    }
}
