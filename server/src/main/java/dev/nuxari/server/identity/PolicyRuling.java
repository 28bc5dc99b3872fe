package dev.nuxari.server.identity;

import java.util.List;

/** What became of a change to the identity policy. */
public sealed interface PolicyRuling {
    record Accepted(IdentityPolicy policy) implements PolicyRuling {}

    /** Somebody else changed it first; this is its version now. */
    record Stale(int version) implements PolicyRuling {}

    /** It would keep out whoever changes it, and they have not said that this is what they want. */
    record LocksOut(List<EntryRefusal> because) implements PolicyRuling {
        public LocksOut {
            because = List.copyOf(because);
        }
    }
}
