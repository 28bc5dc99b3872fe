package dev.nuxari.server.redaction;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds tokens of issuers nobody told us about: a short prefix, and behind it characters that are random. */
final class PrefixedTokens implements Finder {
    private static final Pattern PREFIXED =
            Pattern.compile("(?<![A-Za-z0-9_/+=.-])(?!sha\\d|md5|blake)[A-Za-z]{2,12}\\d?"
                    + "(?:[_-][A-Za-z0-9]{2,10}){0,3}[_-]([A-Za-z0-9]{24,200}+)(?![A-Za-z0-9+/])");

    @Override
    public void find(String text, Spans spans) {
        Matcher matcher = PREFIXED.matcher(text);
        while (matcher.find()) {
            String body = matcher.group(1);
            boolean mixed = body.chars().anyMatch(Character::isUpperCase)
                    && body.chars().anyMatch(Character::isLowerCase)
                    && body.chars().filter(Character::isDigit).count() >= 2;
            if (mixed && SecretValue.entropy(body) > 3.9) {
                spans.add(matcher.start(), matcher.end(), "token");
            }
        }
    }
}
