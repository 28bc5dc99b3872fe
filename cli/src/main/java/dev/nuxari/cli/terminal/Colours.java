package dev.nuxari.cli.terminal;

import java.util.Map;
import java.util.Set;

/** Colours by meaning, on a terminal that shows them; elsewhere the plain text. */
public record Colours(boolean shown) {
    private static final Set<String> GOOD =
            Set.of("granted", "completed", "approve", "passed", "healthy", "active", "met", "verified", "changed");
    private static final Set<String> BAD =
            Set.of("rejected", "failed", "reject", "refuted", "unreachable", "expired", "critical", "high");
    private static final Set<String> WAITING =
            Set.of("open", "waiting", "submitted", "running", "executing", "medium", "unchanged", "withdrawn");

    /** Colours are for people at a terminal who have not declined them (no-color.org). */
    public static Colours of(boolean terminal, Map<String, String> environment) {
        boolean declined = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "dumb").equals("dumb");
        return new Colours(terminal && !declined);
    }

    /** A state in its colour, if it has one. */
    public String state(String word) {
        if (GOOD.contains(word)) {
            return paint("32", word);
        }
        if (BAD.contains(word)) {
            return paint("31", word);
        }
        return WAITING.contains(word) ? paint("33", word) : word;
    }

    public String strong(String text) {
        return paint("1", text);
    }

    public String quiet(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return shown ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
