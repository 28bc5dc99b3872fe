package dev.nuxari.server.isolation;

import dev.nuxari.server.api.ServedRoutes.Served;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One way of one organization's owner to reach another organization.
 *
 * @param expected what it achieves when nothing stops it
 * @param lapse what is wrong with the data access layer while that is off
 * @param target made anew for each try
 * @param bar the rule that makes it fail whatever the layers do
 */
record Attempt(
        Served route,
        Crossing crossing,
        String what,
        Set<Verb> expected,
        Lapse lapse,
        Supplier<Target> target,
        Optional<Bar> bar) {
    Attempt {
        expected = Set.copyOf(expected);
    }

    /** A rule, and a target that breaks it without the other organization. */
    record Bar(String rule, Supplier<Target> likewise) {}

    /** Whether events are answered, which say what one asked for. */
    boolean isAboutTheLog() {
        return route.pattern().contains("/audit-events") || route.pattern().endsWith("/evidence-collections");
    }

    /** What bars it, if it is a rule. */
    String barredBy() {
        return bar.map(Bar::rule).orElse("");
    }

    @Override
    public String toString() {
        return route + ": " + what;
    }
}
