package dev.nuxari.protocol.release;

import dev.nuxari.kernel.Spelling;

/** What a key may say something about (TUF, section 2.1). There are no delegations. */
public enum ReleaseRole {
    /** Which keys the roles have. */
    ROOT,
    /** Which releases there are. */
    TARGETS,
    /** Which targets belong to one state of the repository. */
    SNAPSHOT,
    /** Which snapshot is the newest, and until when that may be believed. */
    TIMESTAMP;

    /** The word in metadata. */
    public String spelled() {
        return Spelling.of(this);
    }
}
