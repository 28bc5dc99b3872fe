package dev.nuxari.protocol.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.protocol.release.TrustedReleases.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the vendor's tools write is what agents believe. */
@Claim("E4")
class ReleaseRepositoryTest {
    private static final String LIST = "b".repeat(64);

    private final InstantSource clock = InstantSource.fixed(VendorInHand.FOUNDED);

    @TempDir
    private Path home = Path.of("");

    private byte[] file(String name) throws Exception {
        return Files.readAllBytes(home.resolve("releases").resolve(name));
    }

    private static TrustedReleases trusted(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Trusted.class);
        return ((Answer.Trusted) answer).releases();
    }

    @Test
    void publishedFolderIsBelieved() throws Exception {
        ReleaseKeys.generate(Map.of(ReleaseRole.ROOT, 3, ReleaseRole.TARGETS, 2), new SecureRandom())
                .write(home.resolve("keys"));
        ReleaseKeys keys = ReleaseKeys.read(home.resolve("keys"));
        var repository = new ReleaseRepository(home.resolve("releases"), clock);
        Path archive = Files.writeString(home.resolve("nuxari-agent-0.2.0-linux-amd64.tar.gz"), "archive");
        repository.writeRoot(keys, Map.of(ReleaseRole.ROOT, 2, ReleaseRole.TARGETS, 2), List.of());

        Release added = repository.add(archive, LIST, keys);
        repository.stamp(keys);
        ReleaseKeys next = ReleaseKeys.generate(Map.of(), new SecureRandom());
        repository.writeRoot(next, Map.of(), keys.of(ReleaseRole.ROOT));
        repository.publish(repository.releases(), next);

        TrustedReleases known = trusted(TrustedReleases.shipped(file("1.root.json")));
        known = trusted(known.followedBy(file("2.root.json")));
        known = trusted(known.withTimestamp(file("timestamp.json"), clock.instant()));
        known = trusted(known.withSnapshot(file("2.snapshot.json"), clock.instant()));
        known = trusted(known.withTargets(file("2.targets.json"), clock.instant()));
        assertThat(known.targets().orElseThrow().releases()).containsExactly(added);
        assertThat(known.timestamp().orElseThrow().version()).isEqualTo(3);
        assertThat(home.resolve("releases").resolve(added.fileName())).hasContent("archive");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("keys/root-1.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void nameSaysWhatAnArchiveIs() {
        for (String name : List.of(
                "nuxari-agent-0.2-linux-amd64.tar.gz",
                "nuxari-agent-00.2.0-linux-amd64.tar.gz",
                "../nuxari-agent-0.2.0-linux-amd64.tar.gz",
                "nuxari-agent-0.2.0-linux.tar.gz",
                "agent.tar.gz")) {
            assertThatThrownBy(() -> Release.named(name, 1, LIST, LIST))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        Release release = Release.named("nuxari-agent-0.10.0-linux-arm64.tar.gz", 1, LIST, LIST);
        assertThat(release.version()).isGreaterThan(new ReleaseVersion(0, 9, 9));
        assertThat(release.platform()).isEqualTo("linux-arm64");
    }
}
