package dev.nuxari.server.audit;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.transparency.SignedNote;
import java.util.Optional;

/** Whoever keeps what witnesses of the log have signed. */
public interface Cosigners {
    /** The largest checkpoint that at least so many witnesses have cosigned, with their signatures below the log's. */
    Optional<SignedNote> newest(OrganizationId organization, Caller caller, int witnesses);
}
