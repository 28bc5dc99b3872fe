package dev.nuxari.protocol.release;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.Located;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which releases there are (TUF, section 4.5). Nothing is delegated. */
public record Targets(int version, Instant expires, List<Release> releases) implements Metadata {
    public Targets {
        releases = List.copyOf(releases);
    }

    static Targets parse(Located json) {
        CommonMembers.require(json, ReleaseRole.TARGETS);
        json.requireMembers("_type", "spec_version", "version", "expires", "targets");
        Located targets = json.object("targets");
        List<Release> releases = new ArrayList<>();
        for (String path : targets.value().members().keySet()) {
            releases.add(Release.parse(path, targets));
        }
        return new Targets(CommonMembers.version(json), CommonMembers.expires(json), releases);
    }

    /** The release of this version for this platform, if there is one. */
    public Optional<Release> find(ReleaseVersion wanted, String platform) {
        return releases.stream()
                .filter(release ->
                        release.version().equals(wanted) && release.platform().equals(platform))
                .findFirst();
    }

    /** The release whose archive has this hash. */
    public Optional<Release> find(String sha256) {
        return releases.stream()
                .filter(release -> release.sha256().equals(sha256))
                .findFirst();
    }

    @Override
    public ReleaseRole role() {
        return ReleaseRole.TARGETS;
    }

    @Override
    public Json.Obj json() {
        Json.Obj targets = Json.object();
        for (Release release : releases) {
            targets = targets.with(release.path(), release.json());
        }
        return CommonMembers.of(this).with("targets", targets);
    }
}
