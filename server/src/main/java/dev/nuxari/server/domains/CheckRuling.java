package dev.nuxari.server.domains;

import java.time.Instant;

/** What became of a look at a domain's record. */
sealed interface CheckRuling {
    /** Something was found, or nothing; the domain is what it is after that. */
    record Checked(Domain domain, CheckOutcome outcome, Lookup lookup) implements CheckRuling {}

    /** The last look was a moment ago. */
    record TooSoon(Instant notBefore) implements CheckRuling {}

    /** There is no such domain, or not any more. */
    record Unknown() implements CheckRuling {}
}
