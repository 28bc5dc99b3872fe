package dev.nuxari.cli;

import dev.nuxari.cli.api.Refused;
import dev.nuxari.cli.terminal.Terminal;
import java.util.Map;
import java.util.Optional;

/** What to do about a problem, where this program knows more than the server said. */
final class Advice {
    private static final Map<String, String> BY_SLUG = Map.ofEntries(
            Map.entry("unauthenticated", "Your sign-in has ended. \"nuxari login\" signs you in again."),
            Map.entry("self-approval", "Another approver has to decide: nobody decides about their own access."),
            Map.entry("already-decided", "Your decision is recorded; \"nuxari approvals show\" shows who else has to."),
            Map.entry("plan-changed", "Read the plan again (\"nuxari approvals show\"), then decide about that one."),
            Map.entry("approval-expired", "Ask again: nuxari requests create"),
            Map.entry("approval-closed", "It has been decided: nuxari approvals show"),
            Map.entry("not-eligible", "\"nuxari approvals show\" lists the roles each stage asks."),
            Map.entry("not-permitted", "\"nuxari login who\" shows your role and what it permits."),
            Map.entry("already-held", "There is nothing to ask for: nuxari entitlements list"),
            Map.entry("no-account-in-system", "An account in that system has to exist first."),
            Map.entry("rate-limited", "Wait a moment, then try again."),
            Map.entry("workflow-not-retryable", "Only a failed workflow can be retried: nuxari workflows show"));

    private Advice() {}

    /** Tells about a refusal: to a program the problem itself, to a person one line and what to do. */
    static void tell(Terminal terminal, Refused refused) {
        terminal.forPrograms(refused.problem());
        String slug = refused.slug().isEmpty() ? "" : " (" + refused.slug() + ")";
        terminal.note("nuxari: " + refused.inOneLine() + slug);
        on(refused).ifPresent(advice -> terminal.note("  " + advice));
    }

    private static Optional<String> on(Refused refused) {
        return Optional.ofNullable(BY_SLUG.get(refused.slug()));
    }
}
