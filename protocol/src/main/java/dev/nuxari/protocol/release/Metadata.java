package dev.nuxari.protocol.release;

import dev.nuxari.kernel.Json;
import java.time.Instant;

/** What is signed (TUF, section 4.2). */
public sealed interface Metadata permits Root, Targets, Snapshot, Timestamp {
    ReleaseRole role();

    int version();

    Instant expires();

    /** The object that is signed. */
    Json.Obj json();
}
