package dev.nuxari.server.identity;

/** What became of the wish to end a lock. */
sealed interface UnlockRuling {
    record Unlocked() implements UnlockRuling {}

    /** One was ended a moment ago. */
    record TooSoon() implements UnlockRuling {}

    record Unknown() implements UnlockRuling {}
}
