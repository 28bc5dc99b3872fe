package dev.nuxari.agent.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.agent.OtherProcess;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.release.Release;
import dev.nuxari.protocol.release.VendorInHand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} and a full disk, in the middle of an update. */
@Claim("E4")
class KilledUpdateTest {
    private static final int FILES = 300;

    private final VendorInHand vendor = new VendorInHand();

    @TempDir
    private Path home = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private Release release;

    @BeforeEach
    void publish() throws IOException {
        Random random = new Random(7);
        Archives archives = Archives.of("0.2.0");
        for (int i = 0; i < FILES; i++) {
            byte[] content = new byte[600];
            random.nextBytes(content);
            archives.listed("lib/file-" + i, HexFormat.of().formatHex(content), 0644);
        }
        archives.listed("lib/large", "x".repeat(600_000), 0644);
        byte[] bytes = archives.bytes();
        release = Archives.release("0.2.0", "linux-amd64", bytes, archives.listHash());
        vendor.expires = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(1));
        vendor.rotate();
        vendor.publish(release);
        Files.createDirectories(home.resolve("mirror"));
        for (Map.Entry<String, byte[]> file : vendor.files.entrySet()) {
            Files.write(home.resolve("mirror").resolve(file.getKey()), file.getValue());
        }
        Files.write(home.resolve("mirror").resolve(release.fileName()), bytes);
        Files.write(
                Files.createDirectories(home.resolve("package")).resolve("release-root.json"), vendor.shippedRoot());
        Files.writeString(
                home.resolve("order"),
                Json.object("version", "0.2.0", "sha256", release.sha256(), "length", release.length())
                        .canonical());
    }

    private Process start(String... before) throws IOException {
        return OtherProcess.of(KilledUpdate.class, home, before)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("said").toFile())
                .start();
    }

    private Path next() {
        return home.resolve("releases/next");
    }

    private boolean hasBegun() {
        return Files.exists(home.resolve("releases").resolve(release.sha256() + ".part"))
                || Files.exists(home.resolve("releases/0.2.0.new"))
                || Files.exists(home.resolve("releases/0.2.0"));
    }

    /** A link that the launcher follows leads to a whole release, whenever it was stopped. */
    @Test
    void killedAtAnyMomentItEndsWholeOrNotAtAll() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int kills = 0;
        int status = -1;
        while (status != 0) {
            Process process = start();
            while (!hasBegun() && !process.waitFor(2, TimeUnit.MILLISECONDS)) {}
            if (kills < 8 && !process.waitFor(random.nextInt(250), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                kills++;
            }
            status = process.waitFor();
            if (Files.isSymbolicLink(next())) {
                UnpackedRelease.require(home.resolve("releases/0.2.0"), release.files());
            }
            assertThat(status)
                    .as("seed %d: %s", seed, Files.readString(home.resolve("said")))
                    .isIn(0, 137);
        }

        assertThat(kills).as("seed %d", seed).isPositive();
        assertThat(Files.readSymbolicLink(next())).isEqualTo(Path.of("0.2.0"));
        try (Stream<Path> left = Files.list(home.resolve("releases"))) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("0.2.0", "next");
        }
    }

    /** No file may be larger than that: in the download, and in what was unpacked. */
    @Test
    void fullDiskIsARefusalAndTheNextAttemptGoesOn() throws Exception {
        for (int kilobytes : List.of(16, 400)) {
            Process process = start("bash", "-c", "ulimit -f %d; exec \"$@\"".formatted(kilobytes), "-");

            assertThat(process.waitFor())
                    .as(Files.readString(home.resolve("said")))
                    .isEqualTo(KilledUpdate.DISK_FULL);
            assertThat(next()).doesNotExist();
        }

        assertThat(start().waitFor()).isZero();
        UnpackedRelease.require(home.resolve("releases/0.2.0"), release.files());
    }
}
