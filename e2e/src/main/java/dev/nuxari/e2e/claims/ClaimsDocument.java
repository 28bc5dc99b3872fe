package dev.nuxari.e2e.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page {@code docs/claims.md}: people write the claims, under headings such as {@code ### T1}; the tests below each
 * are written by this class.
 */
record ClaimsDocument(String text) {
    private static final Pattern HEADING = Pattern.compile("### ([A-Z][0-9]+)");
    private static final String TEST = "- `";
    private static final String NOTHING = "*No test proves this yet.*";

    /** The claims in the order of the page. */
    List<String> claims() {
        return text.lines()
                .map(HEADING::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .toList();
    }

    /** The page with the tests that there are now. */
    ClaimsDocument with(TestClasses classes) {
        List<String> lines = new ArrayList<>();
        String claim = "";
        for (String line : text.lines().toList()) {
            Matcher heading = HEADING.matcher(line);
            boolean next = line.startsWith("#");
            if (next) {
                close(lines, claim, classes);
                claim = heading.matches() ? heading.group(1) : "";
            }
            if (!line.startsWith(TEST) && !line.equals(NOTHING)) {
                lines.add(line);
            }
        }
        close(lines, claim, classes);
        return new ClaimsDocument(String.join("\n", lines).stripTrailing() + "\n");
    }

    private static void close(List<String> lines, String claim, TestClasses classes) {
        while (!lines.isEmpty() && lines.getLast().isBlank()) {
            lines.removeLast();
        }
        if (!claim.isEmpty()) {
            lines.add("");
            List<ClaimedTest> tests = classes.of(claim);
            tests.forEach(test -> lines.add(TEST + test.module() + "` `" + test.shortName() + "`"));
            if (tests.isEmpty()) {
                lines.add(NOTHING);
            }
        }
        if (!lines.isEmpty()) {
            lines.add("");
        }
    }
}
