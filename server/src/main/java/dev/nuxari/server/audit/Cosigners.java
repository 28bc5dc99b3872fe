package dev.nuxari.server.audit;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.transparency.SignedNote;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Whoever keeps what witnesses of the log have signed. */
public interface Cosigners {
    /**
     * How many cosignatures are wanted.
     *
     * @param of by whom; by anybody if nobody is named
     */
    record Wanted(int count, Set<UUID> of) {
        public Wanted {
            of = Set.copyOf(of);
        }
    }

    /** The largest checkpoint with as many as are wanted, and with their signatures below the log's. */
    Optional<SignedNote> newest(OrganizationId organization, Caller caller, Wanted wanted);
}
