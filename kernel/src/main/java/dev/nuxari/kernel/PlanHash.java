package dev.nuxari.kernel;

import java.util.regex.Pattern;

/** The SHA-256 of a plan's canonical JSON (RFC 8785): what approvers decide on and what a workflow may execute. */
public record PlanHash(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public PlanHash {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("a plan hash is 64 lower-case hexadecimal digits");
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
