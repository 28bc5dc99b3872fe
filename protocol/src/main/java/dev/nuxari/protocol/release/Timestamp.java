package dev.nuxari.protocol.release;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.Located;
import java.time.Instant;

/** Which snapshot is the newest (TUF, section 4.6). */
public record Timestamp(int version, Instant expires, FileMeta snapshot) implements Metadata {
    private static final String SNAPSHOT = "snapshot.json";

    static Timestamp parse(Located json) {
        FileMeta only = CommonMembers.onlyMeta(json, ReleaseRole.TIMESTAMP, SNAPSHOT);
        return new Timestamp(CommonMembers.version(json), CommonMembers.expires(json), only);
    }

    @Override
    public ReleaseRole role() {
        return ReleaseRole.TIMESTAMP;
    }

    @Override
    public Json.Obj json() {
        return CommonMembers.of(this).with("meta", Json.object(SNAPSHOT, snapshot.json()));
    }
}
