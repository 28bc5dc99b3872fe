package dev.nuxari.server.audit;

import dev.nuxari.transparency.CompactRange;

/** What came of looking through the stored log. */
public sealed interface Inspected {
    /**
     * Nothing contradicts so far.
     *
     * @param upTo the tree of all events that were looked at, to go on from
     * @param complete whether these are all there are
     */
    record Sound(CompactRange upTo, boolean complete) implements Inspected {}

    /**
     * The log says two things. Both numbers are sequence numbers, and both events are within.
     *
     * @param last the same as the first where one event alone can be named
     */
    record Contradicted(Contradiction contradiction, long first, long last) implements Inspected {}

    /** How it contradicts itself, or what it signed. */
    enum Contradiction {
        /** What is stored of the event does not agree with its hash, or with the tree above it. */
        EVENT_CHANGED,
        /** Sequence numbers go on after a gap, or come twice. */
        EVENT_MISSING,
        /** Events that a signed checkpoint covers are not there any more. */
        EVENTS_CUT_OFF,
        /** The log agrees with itself, and not with a checkpoint that was signed over it. */
        HISTORY_REPLACED
    }
}
