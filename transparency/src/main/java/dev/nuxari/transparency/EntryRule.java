package dev.nuxari.transparency;

import java.util.Optional;

/** What a log's entries must be besides standing in its tree. Asked by several threads at once. */
@FunctionalInterface
public interface EntryRule {
    /** Why these bytes may not be the entry with this index; empty if they may. */
    Optional<String> objection(long index, byte[] entry);

    /** Every entry is welcome. */
    static EntryRule none() {
        return (index, entry) -> Optional.empty();
    }
}
