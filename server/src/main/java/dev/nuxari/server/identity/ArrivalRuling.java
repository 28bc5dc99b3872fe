package dev.nuxari.server.identity;

import dev.nuxari.kernel.OrganizationId;

/** What became of an arrival. */
public sealed interface ArrivalRuling {
    /** Nothing: they are whoever they were before. */
    record Unchanged() implements ArrivalRuling {}

    /** They are a member of this organization now. */
    record Joined(OrganizationId organization) implements ArrivalRuling {}

    /** They get this page and no session; both are words of ours. */
    record KeptOut(String title, String text) implements ArrivalRuling {}
}
