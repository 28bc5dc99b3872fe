package dev.nuxari.server.scim;

import de.captaingoldfish.scim.sdk.common.exceptions.ScimException;

/** A failure of ours, which is in the log; what it says is for everybody. */
final class ScimTrouble extends ScimException {
    private static final long serialVersionUID = 1L;

    // The superclass says nothing about null.
    @SuppressWarnings("NullAway")
    ScimTrouble(int status, String detail) {
        super(detail, null, status, null);
    }
}
