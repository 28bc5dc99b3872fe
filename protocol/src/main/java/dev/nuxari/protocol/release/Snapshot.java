package dev.nuxari.protocol.release;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.Located;
import java.time.Instant;

/** Which targets metadata belong to one state of the repository (TUF, section 4.4). */
public record Snapshot(int version, Instant expires, FileMeta targets) implements Metadata {
    private static final String TARGETS = "targets.json";

    static Snapshot parse(Located json) {
        FileMeta only = CommonMembers.onlyMeta(json, ReleaseRole.SNAPSHOT, TARGETS);
        return new Snapshot(CommonMembers.version(json), CommonMembers.expires(json), only);
    }

    @Override
    public ReleaseRole role() {
        return ReleaseRole.SNAPSHOT;
    }

    @Override
    public Json.Obj json() {
        return CommonMembers.of(this).with("meta", Json.object(TARGETS, targets.json()));
    }
}
