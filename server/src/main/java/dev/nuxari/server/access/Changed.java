package dev.nuxari.server.access;

/** What became of a change to an entitlement. */
public sealed interface Changed {
    record Accepted(Entitlement entitlement) implements Changed {}

    /** Somebody else changed it first; this is its version now. */
    record Stale(int version) implements Changed {}

    record Unknown() implements Changed {}
}
