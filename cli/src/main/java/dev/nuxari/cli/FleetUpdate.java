package dev.nuxari.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.cli.api.Fields;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.protocol.release.Release;
import dev.nuxari.protocol.release.ReleaseRepository;
import dev.nuxari.protocol.release.ReleaseVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Which agents of a fleet are asked to become a release, and by which action. The agents verify the release themselves. */
record FleetUpdate(Release release) {
    private static final int HUNDRED = 100;

    static FleetUpdate to(Path releases, String version, String platform) {
        ReleaseVersion wanted = ReleaseVersion.find(version)
                .orElseThrow(() -> new Usage("A version is three numbers, as in 0.2.0, and not " + version));
        try {
            return new ReleaseRepository(releases, InstantSource.system())
                    .releases().stream()
                            .filter(release -> release.version().equals(wanted)
                                    && release.platform().equals(platform))
                            .findFirst()
                            .map(FleetUpdate::new)
                            .orElseThrow(() -> new Usage(releases + " has no release " + version + " for " + platform));
        } catch (IOException e) {
            throw LocalFile.unreadable(releases, e);
        }
    }

    /** Those that act, know how to, and are older; of these the ones whose share it is. */
    List<Json.Obj> chosen(List<Json.Obj> agents, int percent) {
        if (percent < 1 || percent > HUNDRED) {
            throw new Usage("A percentage is between 1 and 100.");
        }
        return agents.stream()
                .filter(agent -> Fields.text(agent, "state").equals("active"))
                .filter(agent -> agent.object("host").strings("capabilities").contains("agent.update"))
                .filter(agent -> isOlder(Fields.text(agent, "host.version")))
                .filter(agent -> share(Fields.text(agent, "id")) < percent)
                .toList();
    }

    private boolean isOlder(String version) {
        return ReleaseVersion.find(version)
                .filter(runs -> runs.compareTo(release.version()) < 0)
                .isPresent();
    }

    /** From 0 to 99, by chance, and the same for an agent and a version each time. */
    private int share(String agent) {
        byte[] hash = Sha256.of((release.version() + " " + agent).getBytes(UTF_8));
        return Integer.remainderUnsigned(ByteBuffer.wrap(hash).getInt(), HUNDRED);
    }

    Json.Obj action(String justification) {
        return Json.object(
                "type",
                "agent.update",
                "parameters",
                Json.object(
                        "version", release.version().toString(),
                        "sha256", release.sha256(),
                        "length", release.length()),
                "justification",
                justification);
    }
}
