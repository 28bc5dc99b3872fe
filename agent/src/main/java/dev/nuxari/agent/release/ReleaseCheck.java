package dev.nuxari.agent.release;

import dev.nuxari.protocol.release.Release;
import dev.nuxari.protocol.release.ReleaseRefusal;
import dev.nuxari.protocol.release.ReleaseVersion;
import dev.nuxari.protocol.release.Targets;
import java.io.IOException;
import java.util.Optional;

/** Looks at a release that lies on the host, from the root of trust that came with the package; asks nobody, and no clock. */
public final class ReleaseCheck {
    private ReleaseCheck() {}

    /**
     * Does nothing if it is, file by file, what the newest known metadata name.
     *
     * @throws ReleaseRefused if not
     */
    public static void require(ReleaseFolder folder, String version, AgentUpdate.Home home, ReleaseMemory memory)
            throws IOException {
        Optional<Targets> targets = ReleaseClient.known(memory, home.root()).targets();
        Release release = ReleaseVersion.find(version)
                .flatMap(wanted -> targets.flatMap(known -> known.find(wanted, home.platform())))
                .orElseThrow(
                        () -> new ReleaseRefused(ReleaseRefusal.NO_SUCH_RELEASE, "the known metadata do not name it"));
        UnpackedRelease.require(folder.of(release.version()), release.files());
    }
}
