package dev.nuxari.server.scim;

import de.captaingoldfish.scim.sdk.common.exceptions.ScimException;

/** A refusal on its way out: the library that speaks SCIM knows no other, and the transaction is rolled back by it. */
final class ScimRefused extends ScimException {
    private static final long serialVersionUID = 1L;

    private final ScimRefusal why;

    // The superclass says nothing about null: no SCIM type is null there.
    @SuppressWarnings("NullAway")
    ScimRefused(ScimRefusal why) {
        super(why.detail(), null, why.status(), why.scimType());
        this.why = why;
    }

    ScimRefusal why() {
        return why;
    }
}
