package dev.nuxari.server.redaction;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A credential that can be told by its form alone: it contains {@code anchor}, and the characters around the anchor
 * match {@code pattern}. Quantifiers in patterns are bounded, and what they read without success is short, so that no
 * text makes them slow.
 *
 * @param anchor a literal that is looked for first; empty if the pattern has to look for itself
 * @param reach how many characters before the anchor may belong to the credential
 */
record Shape(String kind, String anchor, Pattern pattern, int reach) {
    private static final int LONGEST = 8000;
    private static final String NOT_INSIDE_A_WORD = "(?<![A-Za-z0-9])";

    /** Begins with the anchor, and goes on as {@code rest} says. */
    static Shape starting(String kind, String anchor, String rest) {
        return new Shape(kind, anchor, Pattern.compile(NOT_INSIDE_A_WORD + Pattern.quote(anchor) + rest), 0);
    }

    /** Follows the anchor, which is no part of it: the pattern's group is the secret. */
    static Shape following(String kind, String anchor, String rest) {
        return new Shape(kind, anchor, Pattern.compile(Pattern.quote(anchor) + rest), 0);
    }

    /** Has the anchor at most {@code reach} characters after its first; {@code whole} describes all of it. */
    static Shape around(String kind, String anchor, int reach, String whole) {
        return new Shape(kind, anchor, Pattern.compile(NOT_INSIDE_A_WORD + whole), reach);
    }

    /** Has nothing that could be looked for quickly. */
    static Shape anywhere(String kind, String whole) {
        return new Shape(kind, "", Pattern.compile(NOT_INSIDE_A_WORD + whole), 0);
    }

    void find(String text, Spans spans) {
        if (anchor.isEmpty()) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                add(matcher, spans);
            }
        } else {
            findAnchored(text, spans);
        }
    }

    private void findAnchored(String text, Spans spans) {
        int at = text.indexOf(anchor);
        if (at < 0) {
            return;
        }
        Matcher matcher = pattern.matcher(text).useTransparentBounds(true);
        while (at >= 0) {
            int next = at + anchor.length();
            if (matchesAround(matcher, text, at)) {
                add(matcher, spans);
                next = Math.max(next, matcher.end());
            }
            at = text.indexOf(anchor, next);
        }
    }

    private boolean matchesAround(Matcher matcher, String text, int at) {
        int end = Math.min(text.length(), at + LONGEST);
        for (int start = Math.max(0, at - reach); start <= at; start++) {
            if (matcher.region(start, end).lookingAt()) {
                return true;
            }
        }
        return false;
    }

    /** Where a pattern has a group, only the group is secret. */
    private void add(Matcher matcher, Spans spans) {
        int group = Math.min(matcher.groupCount(), 1);
        String found = matcher.group(group);
        int body = found.startsWith(anchor) ? anchor.length() : 0;
        boolean shown = SecretValue.isFiller(found.substring(body)) || (group == 1 && SecretValue.isHarmless(found));
        if (!shown) {
            spans.add(matcher.start(group), matcher.end(group), kind);
        }
    }
}
