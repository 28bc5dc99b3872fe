package dev.nuxari.protocol.release;

import dev.nuxari.kernel.Spelling;

/** Why an agent does not take a release. Each word is on the wire and keeps its meaning. */
public enum ReleaseRefusal {
    /** Metadata are not written as they have to be. */
    MALFORMED,
    /** Too few of a role's keys have signed. */
    THRESHOLD_NOT_MET,
    /** A root that is not the next one. */
    ROOT_OUT_OF_ORDER,
    /** Older than what was seen before. */
    TIMESTAMP_ROLLED_BACK,
    SNAPSHOT_ROLLED_BACK,
    TARGETS_ROLLED_BACK,
    /** Nobody says any more that it is the newest. */
    ROOT_EXPIRED,
    TIMESTAMP_EXPIRED,
    SNAPSHOT_EXPIRED,
    TARGETS_EXPIRED,
    /** Metadata of one time beside those of another. */
    MIXED,
    /** More came than was announced, or less. */
    WRONG_LENGTH,
    WRONG_HASH,
    /** The signed metadata name no release like the one that was ordered. */
    NO_SUCH_RELEASE,
    OTHER_PLATFORM,
    /** What was ordered is older than what runs. */
    DOWNGRADE,
    /** The archive is signed, and not one that can be unpacked safely. */
    NOT_AN_ARCHIVE,
    /** The program in it does not start here, or is another one. */
    DOES_NOT_START,
    /** It was tried, and has not checked in. */
    TURNED_BACK,
    /** The package has no root of trust, or was not started by its launcher. */
    NOT_PREPARED,
    /** What was known of the metadata before is not known any more. */
    MEMORY_CORRUPT,
    /** The server gave nothing, or not in time. */
    UNREACHABLE,
    /** The host's disk. */
    NO_SPACE;

    /** The word on the wire. */
    public String spelled() {
        return Spelling.of(this);
    }
}
