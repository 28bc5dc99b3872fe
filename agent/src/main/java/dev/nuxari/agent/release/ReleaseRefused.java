package dev.nuxari.agent.release;

import dev.nuxari.protocol.release.ReleaseRefusal;

/** A release is not taken. It ends many steps at once, and is a value for whoever ordered the update. */
public final class ReleaseRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ReleaseRefusal why;

    public ReleaseRefused(ReleaseRefusal why, String detail) {
        super(why.spelled() + ": " + detail);
        this.why = why;
    }

    public ReleaseRefusal why() {
        return why;
    }
}
