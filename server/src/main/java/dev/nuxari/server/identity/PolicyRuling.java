package dev.nuxari.server.identity;

/** What became of a change to the identity policy. */
public sealed interface PolicyRuling {
    record Accepted(IdentityPolicy policy) implements PolicyRuling {}

    /** Somebody else changed it first; this is its version now. */
    record Stale(int version) implements PolicyRuling {}
}
